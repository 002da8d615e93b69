import ShowModel

/// What nginx is told to stand in front of `podcast serve --accel`: TLS, the bytes of sound, a log that names no link.
package struct NginxConfiguration: Sendable {
  private let show: Show
  private let folder: String
  private let place: ServerPlace
  private let closed: [String]

  /// - Parameters:
  ///   - folder: of the show, an absolute path.
  ///   - closed: that folder and those that it lies in, as far as not everybody may enter them.
  ///   - place: of `podcast serve` on this computer.
  package init(_ show: Show, folder: String, closed: [String], place: ServerPlace) {
    (self.show, self.folder, self.closed, self.place) = (show, folder, closed, place)
  }

  /// For the `http` block: a file in `sites-enabled` is read there.
  package func text() -> String {
    """
    # \(host), in front of “podcast serve --accel \(place.options)”.
    # nginx reads the sound itself. Its user, www-data on Debian, needs the right to:
    \(rights)

    upstream podcast {
        server \(place.upstream);
        keepalive 64;
    }

    # Whoever knows the address of a private link has it: no log may know it.
    map $uri $podcast_logged {
        default (other);
        ~^\(LinkAddresses.prefix) \(LinkAddresses.prefix);
        ~^/\\.builds/ \(LinkAddresses.prefix);
        ~^/(|feed\\.xml|health|robots\\.txt)$ $uri;
        ~^/(art|episodes|media|text)/[a-z0-9./-]*$ $uri;
    }
    log_format podcast '$time_iso8601 $request_method $podcast_logged $status $body_bytes_sent $request_time';

    limit_req_zone $binary_remote_addr zone=podcast_requests:1m rate=10r/m;

    server {
        listen 80;
        listen [::]:80;
        server_name \(host);
        access_log off;
        error_log /dev/null;
        location / { return 301 https://$host$request_uri; }
    }

    server {
        listen 443 ssl http2;
        listen [::]:443 ssl http2;
        server_name \(host);

        # As “certbot --nginx -d \(host)” writes them.
        ssl_certificate /etc/letsencrypt/live/\(host)/fullchain.pem;
        ssl_certificate_key /etc/letsencrypt/live/\(host)/privkey.pem;
        ssl_protocols TLSv1.2 TLSv1.3;
        \(Self.security)

        access_log /var/log/nginx/podcast.log podcast;
        # nginx writes whole addresses into what it says of requests, at all levels but the highest one.
        error_log /var/log/nginx/podcast-error.log emerg;

        proxy_http_version 1.1;
        proxy_set_header Connection "";
        proxy_set_header Host $host;
        proxy_set_header X-Real-IP $remote_addr;
        proxy_set_header X-Accel-Redirect "";
        proxy_buffering on;
        # No private page or feed on the disk.
        proxy_max_temp_file_size 0;
        client_max_body_size 16k;
        client_body_in_single_buffer on;
        server_tokens off;

        location / {
            proxy_pass http://podcast;
        }

        location = \(LinkAddresses.prefix) {
            limit_req zone=podcast_requests burst=20 nodelay;
            limit_req_status 429;
            proxy_pass http://podcast;
        }

        # Public sound: “podcast serve” is asked each time whether it is still published.
        location /media/ {
            auth_request \(Accelerator.check);
            error_page 403 = @refused;
            root \(folder)/public;
            disable_symlinks on from=\(folder)/public;
            add_header Cache-Control no-cache;
            add_header X-Content-Type-Options nosniff;
            \(Self.security)
            types { audio/mpeg mp3; }
        }

        location = \(Accelerator.check) {
            internal;
            proxy_pass http://podcast;
            proxy_pass_request_body off;
            proxy_set_header Content-Length "";
            proxy_set_header Connection "";
            proxy_set_header \(Accelerator.askedField) $request_uri;
            proxy_set_header \(Accelerator.methodField) $request_method;
        }

        # Says itself why: gone, or never there.
        location @refused {
            proxy_pass http://podcast;
        }

        # Private sound, where “podcast serve” has allowed it.
        location \(Accelerator.folder) {
            internal;
            alias \(folder)/.podcast/builds/;
            disable_symlinks on from=\(folder)/.podcast/builds;
            add_header X-Robots-Tag "\(Accelerator.robots)";
            add_header X-Content-Type-Options nosniff;
            add_header Referrer-Policy no-referrer;
            \(Self.security)
            types { audio/mpeg mp3; }
        }
    }

    """
  }

  /// Also in each location with fields of its own: nginx forgets those of the server there.
  private static let security = #"add_header Strict-Transport-Security "max-age=31536000" always;"#

  private var rights: String {
    let builds = "\(folder)/.podcast/builds"
    let lines =
      (closed + ["\(folder)/.podcast"]).map { "u:www-data:x \($0)" }
      + ["u:www-data:rx,d:u:www-data:r \(builds)", "u:www-data:r \(builds)/*.mp3"]
    return lines.map { "#   setfacl -m \($0)" }.joined(separator: "\n")
  }

  private var host: String {
    let plain = show.address.firstRange(of: "://").map { show.address[$0.upperBound...] } ?? Substring(show.address)
    return String(plain.prefix { $0 != "/" && $0 != ":" })
  }
}
