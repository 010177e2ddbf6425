// A phone number as staff or a form writes it, to the digits that providers use: E.164 without `+`.

/// Reads phone numbers the way people of a country write them.
package enum PhoneNumber {
  /// The digits of `text` with their country code; nil when that can't be told.
  ///
  /// `country` (ISO 3166, two letters) is where a number without a country code belongs to.
  package static func digits(_ text: String, country: String?) -> String? {
    let marks = text.unicodeScalars.filter { !$0.properties.isWhitespace }
    let digits = String(String.UnicodeScalarView(marks.filter { ("0"..."9").contains($0) }))
    let others = marks.filter { !("0"..."9").contains($0) }
    guard
      others.allSatisfy({
        "+-().·/\u{2010}\u{2011}\u{2013}\u{202C}\u{202A}".unicodeScalars.contains($0)
      })
    else { return nil }
    let plan = country.flatMap { plans[$0.uppercased()] }
    let number: String
    // A zero in brackets is for those who dial at home: `+49 (0) 151 …`.
    let bare = text.contains("(0)") ? drop(zeroInBrackets: text) : digits
    if others.first == "+" {
      number = bare
    } else if let exit = exits(of: plan).first(where: { bare.hasPrefix($0) }) {
      number = String(bare.dropFirst(exit.count))
    } else if let plan {
      number = plan.international(bare)
    } else {
      return nil
    }
    // E.164: at most 15 digits, and no country code begins with 0 (ITU-T E.164, 2010).
    guard (7...15).contains(number.count), !number.hasPrefix("0") else { return nil }
    return number
  }

  private static func drop(zeroInBrackets text: String) -> String {
    var rest = text
    if let range = rest.firstRange(of: "(0)") { rest.removeSubrange(range) }
    return rest.filter { ("0"..."9").contains($0) }
  }

  /// What is dialled before a country code: `011` in North America, `0011` in Australia, else `00`.
  private static func exits(of plan: Plan?) -> [String] {
    switch plan?.code {
    case "1": ["011"]
    case "61": ["0011"]
    default: ["00"]
    }
  }

  /// How a country's numbers are written at home.
  private struct Plan {
    var code: String
    /// Dialled at home before the area code and dropped from abroad; empty where there is none.
    var trunk: String

    func international(_ digits: String) -> String {
      if code == "1", digits.count == 11, digits.hasPrefix("1") { return digits }
      guard !trunk.isEmpty, digits.hasPrefix(trunk) else { return code + digits }
      return code + digits.dropFirst(trunk.count)
    }
  }

  /// Country codes and trunk prefixes (ITU, "Dialling procedures", 2020).
  ///
  /// Italy and San Marino keep their zero.
  private static let plans: [String: Plan] = {
    let rows = """
      AE 971 0,AR 54 0,AT 43 0,AU 61 0,BA 387 0,BE 32 0,BG 359 0,BH 973 -,BO 591 0,BR 55 0,BY 375 80,
      CA 1 1,CH 41 0,CL 56 -,CN 86 0,CO 57 -,CR 506 -,CY 357 -,CZ 420 -,DE 49 0,DK 45 -,DO 1 1,
      DZ 213 0,EC 593 0,EE 372 -,EG 20 0,ES 34 -,FI 358 0,FR 33 0,GB 44 0,GE 995 0,GH 233 0,
      GR 30 -,GT 502 -,HK 852 -,HN 504 -,HR 385 0,HU 36 06,ID 62 0,IE 353 0,IL 972 0,IN 91 0,
      IS 354 -,IT 39 -,JM 1 1,JO 962 0,JP 81 0,KE 254 0,KR 82 0,KW 965 -,KZ 7 8,LB 961 0,LI 423 -,
      LK 94 0,LT 370 0,LU 352 -,LV 371 -,MA 212 0,MC 377 -,MD 373 0,ME 382 0,MK 389 0,MT 356 -,
      MX 52 -,MY 60 0,NG 234 0,NI 505 -,NL 31 0,NO 47 -,NZ 64 0,OM 968 -,PA 507 -,PE 51 0,PH 63 0,
      PK 92 0,PL 48 -,PR 1 1,PT 351 -,PY 595 0,QA 974 -,RO 40 0,RS 381 0,RU 7 8,SA 966 0,SE 46 0,
      SG 65 -,SI 386 0,SK 421 0,SM 378 -,SV 503 -,TH 66 0,TN 216 -,TR 90 0,TW 886 0,UA 380 0,
      US 1 1,UY 598 0,VE 58 0,VN 84 0,ZA 27 0
      """
    var plans: [String: Plan] = [:]
    for row in rows.split(whereSeparator: { $0 == "," || $0.isNewline }) {
      let words = row.split(separator: " ")
      guard words.count == 3 else { continue }
      plans[String(words[0])] = Plan(
        code: String(words[1]),
        trunk: words[2] == "-" ? "" : String(words[2])
      )
    }
    return plans
  }()
}
