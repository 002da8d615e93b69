/// The words of new files, in a language.
protocol Words {
  /// Of the folder of the first episode, behind its number.
  static var first: String { get }
  static var episode: String { get }
  static func show(title: String, language: String, address: String) -> String
}

enum English: Words {
  static let first = "welcome"

  static func show(title: String, language: String, address: String) -> String {
    """
    # This is your show. Listeners and directories see what you write here.
    # A line is “key: value”. A text with “: ” or “#” in it needs quotes around it.

    title: \(title)

    # What you talk about and for whom. Several lines are fine: indent them.
    description: |
      Say here what your show is about.

    language: \(language)

    # A name for the public: your section, your team. It need not be a person.
    author: Our section

    # Directories write to this address to check that the show is yours. Anybody can read it in the public feed;
    # it is never in a private one. You can leave it out.
    # email: podcast@example.org

    # One to three of Apple's categories, with a subcategory behind a slash.
    categories:
      - Business / Careers

    # yes where children should not listen.
    explicit: no

    # Where the show is on the web. Think twice: apps remember it.
    address: \(address)

    # A square picture beside this file, JPEG or PNG, 1400 to 3000 pixels.
    artwork: artwork.jpg

    # How episodes sound. These are the defaults; remove the # to change one.
    # sound:
    #   bitrate: 96          # kb/s; 64 and “mono: yes” are enough for speech
    #   mono: no
    #   fill: bip            # what is heard instead: bip, silence or noise
    #   pad: 0.1             # seconds covered more on each side
    #   shortest: 0.5        # no cover is shorter
    #   join: 0.3            # gaps that are shorter are covered as well

    """
  }

  static let episode = """
    # This is an episode. Its folder's name is in its web address: rename it before you publish, not after.

    title: Welcome

    # What is in this episode. Names you cover in the sound must not be here either.
    description: |
      Say here what this episode is about.

    # When it comes out; without this line, when you publish it.
    # date: 2026-11-24 08:00

    number: 1
    # season: 1

    # The recording, beside this file. It never leaves your computer.
    sound: episode.wav

    # What must not be heard: a list from your editor or spreadsheet, or several. “none” where nothing is to be covered.
    ranges: episode.ranges.csv

    # More, where you have it:
    # artwork: picture.jpg          # square, 1400 to 3000 pixels
    # chapters: chapters.txt        # lines such as 00:01:02 Title
    # transcript: transcript.vtt    # what is said, without what you cover

    """
}

enum French: Words {
  static let first = "bienvenue"

  static func show(title: String, language: String, address: String) -> String {
    """
    # Voici votre émission. Auditeurs et annuaires voient ce que vous écrivez ici.
    # Une ligne est « clé: valeur ». Un texte qui contient « : » ou « # » se met entre guillemets droits.

    title: \(title)

    # De quoi vous parlez, et pour qui. Plusieurs lignes sont possibles, en retrait.
    description: |
      Dites ici de quoi parle votre émission.

    language: \(language)

    # Un nom pour le public : votre section, votre équipe. Pas forcément une personne.
    author: Notre section

    # Les annuaires écrivent à cette adresse pour vérifier que l'émission est à vous. Tout le monde peut la lire
    # dans le flux public ; elle n'est jamais dans un flux privé. Facultatif.
    # email: podcast@example.org

    # Une à trois catégories d'Apple (en anglais), avec une sous-catégorie après la barre.
    categories:
      - Business / Careers

    # yes si les enfants ne devraient pas écouter.
    explicit: no

    # L'adresse web de l'émission. À choisir avec soin : les applications la retiennent.
    address: \(address)

    # Une image carrée à côté de ce fichier, JPEG ou PNG, de 1400 à 3000 pixels.
    artwork: artwork.jpg

    # Le son des épisodes. Voici les valeurs par défaut ; enlevez le # pour en changer une.
    # sound:
    #   bitrate: 96          # kb/s ; 64 et « mono: yes » suffisent pour la parole
    #   mono: no
    #   fill: bip            # ce qu'on entend à la place : bip, silence ou noise (bruit)
    #   pad: 0.1             # secondes couvertes en plus de chaque côté
    #   shortest: 0.5        # aucune couverture n'est plus courte
    #   join: 0.3            # les intervalles plus courts sont couverts aussi

    """
  }

  static let episode = """
    # Voici un épisode. Le nom de son dossier est dans son adresse web : renommez-le avant de publier, pas après.

    title: Bienvenue

    # Ce qu'on y entend. Les noms couverts dans le son ne doivent pas être ici non plus.
    description: |
      Dites ici de quoi parle cet épisode.

    # Quand il sort ; sans cette ligne, au moment où vous le publiez.
    # date: 2026-11-24 08:00

    number: 1
    # season: 1

    # L'enregistrement, à côté de ce fichier. Il ne quitte jamais votre ordinateur.
    sound: episode.wav

    # Ce qu'on ne doit pas entendre : une liste de votre éditeur ou tableur, ou plusieurs. « none » s'il n'y a rien.
    ranges: episode.ranges.csv

    # Et si vous en avez :
    # artwork: image.jpg            # carrée, de 1400 à 3000 pixels
    # chapters: chapters.txt        # des lignes comme 00:01:02 Titre
    # transcript: transcript.vtt    # ce qui est dit, sans ce que vous couvrez

    """
}
