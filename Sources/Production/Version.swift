/// Of the program, as receipts and `--version` say it.
package let podcastVersion = "0.1.0"
