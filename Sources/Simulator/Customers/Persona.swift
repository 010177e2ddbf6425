// Who plays: some sixty people written by hand, and as many more as a load run needs.

struct Persona: Equatable, Sendable {
  var name: String?
  var language: Language
  var surface: Surface
  /// Phone digits, or a scoped id.
  var id: String
  var username: String?
  var scopedID: String?
  var hidesPhone = false

  var address: Address { Address(surface: surface, id: id) }
}

enum Cast {
  /// How a country's mobile numbers look: `#` stands for a digit.
  private struct Origin {
    var country: String
    var phone: String
    var language: Language
    /// `Name` writes on WhatsApp, `Name@username` on Instagram.
    var people: [String]
  }

  /// Everybody, in an order drawn from `random`; the same seed gives the same numbers and ids.
  static func all(_ random: inout SeededRandom) -> [Persona] {
    var people: [Persona] = []
    for origin in origins {
      for entry in origin.people {
        var persona = persona(entry, origin, &random)
        while people.contains(where: { $0.address == persona.address }) {
          persona = Self.persona(entry, origin, &random)
        }
        people.append(persona)
      }
    }
    people.shuffle(using: &random)
    return people
  }

  /// Somebody new, with the first name of one and the surname of another of the same origin.
  static func extra(_ random: inout SeededRandom) -> Persona {
    let origin = random.pick(origins) ?? origins[0]
    let names = origin.people.map { $0.split(separator: "@")[0].split(separator: " ") }
    let first = random.pick(names)?.first ?? "Sam"
    let last = random.pick(names)?.last ?? "Lee"
    let mark = random.chance(0.3) ? "@\(first.lowercased()).\(random.milliseconds(10...9999))" : ""
    return persona("\(first) \(last)\(mark)", origin, &random)
  }

  /// Somebody the gym wrote to first: nobody knows their name here.
  static func stranger(_ address: Address, hearing text: String) -> Persona {
    let isPhone = address.surface == .whatsapp && !address.id.contains(".")
    let byNumber = origins.first {
      isPhone && address.id.hasPrefix($0.phone.prefix { $0 != "#" && $0 != " " })
    }
    return Persona(
      name: nil,
      language: byNumber?.language ?? Language(guessing: text),
      surface: address.surface,
      id: address.id,
      scopedID: address.id.contains(".") ? address.id : nil,
      hidesPhone: address.id.contains(".")
    )
  }

  private static func persona(
    _ entry: String,
    _ origin: Origin,
    _ random: inout SeededRandom
  ) -> Persona {
    let parts = entry.split(separator: "@").map(String.init)
    guard parts.count == 1 else {
      return Persona(
        name: parts[0],
        language: origin.language,
        surface: .instagram,
        id: "17" + random.characters(14, of: "0123456789"),
        username: parts[1]
      )
    }
    let phone = origin.phone.compactMap { character -> Character? in
      character == "#" ? random.characters(1, of: "0123456789").first : character
    }
    // About one in fifteen shows a username in place of the number, as WhatsApp allows.
    let hides = random.chance(0.07)
    return Persona(
      name: parts[0],
      language: origin.language,
      surface: .whatsapp,
      id: String(phone.filter { $0 != " " }),
      username: hides ? parts[0].lowercased().filter { $0.isASCII && $0.isLetter } : nil,
      scopedID: origin.country + "." + random.characters(18, of: "0123456789"),
      hidesPhone: hides
    )
  }

  private static let origins = [
    Origin(
      country: "GB",
      phone: "44 7700 900 ###",
      language: .english,
      people: [
        "Emma Whitfield", "Oluwaseun Adeyemi", "Priya Raman", "Tom Gallagher@tomgalla",
        "Chloe Baptiste@chloe.lifts", "Callum MacRae",
      ]
    ),
    Origin(
      country: "US",
      phone: "1 212 555 01##",
      language: .english,
      people: [
        "Jasmine Carter", "Marcus Bell@marcusbell_fit", "Hannah Kowalski", "Tyrone Jackson",
        "Mei-Ling Tan@meilingmoves", "Dylan O'Connor",
      ]
    ),
    Origin(
      country: "IE",
      phone: "353 85 0## ####",
      language: .english,
      people: ["Aoife Brennan@aoife.b", "Piotr Zieliński"]
    ),
    Origin(
      country: "IN",
      phone: "91 98### #####",
      language: .english,
      people: ["Ananya Krishnan", "Rohan Mehta@rohan.mehta"]
    ),
    Origin(
      country: "DE",
      phone: "49 171 39200 ##",
      language: .german,
      people: [
        "Lena Hoffmann", "Mehmet Yıldız", "Katharina Vogel@kathi.vgl", "Jonas Bäcker",
        "Sophie Krämer@sophiekraemer", "Thi Mai Nguyễn", "Stefan Brückner",
      ]
    ),
    Origin(
      country: "DE",
      phone: "49 176 040690 ##",
      language: .german,
      people: ["Fatma Öztürk", "Lukas Weißenberger@lukas.wb", "Marie Schönfeld"]
    ),
    Origin(
      country: "AT",
      phone: "43 664 ### ####",
      language: .german,
      people: ["Johanna Leitner", "Dragan Petrović"]
    ),
    Origin(
      country: "ES",
      phone: "34 6## ### ###",
      language: .spanish,
      people: [
        "María José Ortega", "Álvaro Núñez@alvaronunez", "Lucía Fernández", "Iker Etxeberria",
      ]
    ),
    Origin(
      country: "MX",
      phone: "52 1 55 #### ####",
      language: .spanish,
      people: ["Ximena Castañeda@xime.fit", "José Luis Hernández", "Guadalupe Ríos"]
    ),
    Origin(
      country: "AR",
      phone: "54 9 11 #### ####",
      language: .spanish,
      people: ["Martín Ledesma", "Sofía Giménez@sofigimenez"]
    ),
    Origin(
      country: "BR",
      phone: "55 11 9#### ####",
      language: .portuguese,
      people: [
        "Ana Beatriz Souza", "João Pedro Araújo", "Thaís Gonçalves@thaisfit", "Rafael Conceição",
        "Juliana Magalhães@ju.magalhaes",
      ]
    ),
    Origin(
      country: "PT",
      phone: "351 91# ### ###",
      language: .portuguese,
      people: ["Inês Carvalho", "Tiago Simões"]
    ),
    Origin(
      country: "FR",
      phone: "33 6 39 98 ## ##",
      language: .french,
      people: [
        "Chloé Lefèvre", "Youssef Benali", "Amélie Garçon@amelie.grc", "Thibault Moreau",
        "Aïssatou Diallo@aissa.moves",
      ]
    ),
    Origin(
      country: "AE",
      phone: "971 50 ### ####",
      language: .arabic,
      people: ["ليلى حداد", "عمر الفارسي", "نور الهاشمي@nour.alh", "سامي خليل"]
    ),
    Origin(
      country: "IN",
      phone: "91 97### #####",
      language: .hindi,
      people: ["अमित शर्मा", "नेहा गुप्ता@neha.g"]
    ),
    Origin(
      country: "CN",
      phone: "86 138 #### ####",
      language: .chinese,
      people: ["王芳", "李伟", "Chen 晓雯@xiaowen.c"]
    ),
  ]
}

extension Language {
  /// The language that a reply of the gym's is likely written in; English when in doubt.
  init(guessing text: String) {
    let scalars = text.unicodeScalars
    if scalars.contains(where: { (0x0600...0x06ff).contains($0.value) }) {
      self = .arabic
    } else if scalars.contains(where: { (0x0900...0x097f).contains($0.value) }) {
      self = .hindi
    } else if scalars.contains(where: { (0x4e00...0x9fff).contains($0.value) }) {
      self = .chinese
    } else {
      let words = Set(text.lowercased().split { !$0.isLetter }.map(String.init))
      let scores = Self.commonWords.map { ($0.language, words.intersection($0.words).count) }
      let best = scores.max { $0.1 < $1.1 }
      self = best.map { $0.1 > 0 ? $0.0 : .english } ?? .english
    }
  }

  private static let commonWords: [(language: Language, words: Set<String>)] = [
    (.english, ["the", "you", "and", "is", "for", "we", "are", "would"]),
    (.german, ["und", "du", "ist", "wir", "ein", "gern", "hallo", "bei", "für"]),
    (.spanish, ["hola", "el", "los", "para", "gracias", "con", "puedes", "es"]),
    (.portuguese, ["oi", "olá", "você", "para", "obrigado", "obrigada", "com", "é"]),
    (.french, ["bonjour", "le", "vous", "pour", "merci", "avec", "est", "les"]),
  ]
}
