// What the gym's reply is about, guessed from its words in the customers' languages.

enum Intent: String, Sendable, CaseIterable {
  case booked, asksTime, asksName, asksGoals, offersTime, offersTrial, tellsPrice, refuses, thanks
  case asks, tells

  /// The first of these that the text fits; a price beside a trial counts as the trial.
  init(of text: String) {
    let words = Self.normal(text)
    let asks = text.contains { "?？؟".contains($0) }
    func says(_ keywords: [String]) -> Bool { keywords.contains { words.contains($0) } }
    self =
      if says(Self.bookedWords) {
        .booked
      } else if asks && says(Self.timeQuestions) {
        .asksTime
      } else if asks && says(Self.nameQuestions) {
        .asksName
      } else if asks && says(Self.goalQuestions) {
        .asksGoals
      } else if says(Self.dayWords) || Self.hasClockTime(words) {
        .offersTime
      } else if says(Self.trialWords) {
        .offersTrial
      } else if says(Self.priceWords) {
        .tellsPrice
      } else if says(Self.refusalWords) {
        .refuses
      } else if asks {
        .asks
      } else if says(Self.thanksWords) {
        .thanks
      } else {
        .tells
      }
  }

  /// Lower case, punctuation to blanks, a blank before every word: ` trial` finds words that
  /// begin so.
  private static func normal(_ text: String) -> String {
    let kept = text.lowercased().map { character -> Character in
      character.isLetter || character.isNumber || ":€$£".contains(character) ? character : " "
    }
    return " " + String(kept)
  }

  /// `18:00`, `6pm`, `6 pm`, `18 uhr`, `18h`.
  private static func hasClockTime(_ words: String) -> Bool {
    let parts = words.split(separator: " ")
    return parts.indices.contains { index in
      let part = parts[index]
      guard part.first?.isNumber == true else { return false }
      let next = index + 1 < parts.count ? parts[index + 1] : ""
      return part.contains(":") || ["pm", "am", "uhr", "h"].contains { part.hasSuffix($0) }
        || ["pm", "am", "uhr", "h"].contains(String(next))
    }
  }

  private static let bookedWords = [
    " booked", " see you", " confirmed", " reserved", " gebucht", " eingetragen", " bis dann",
    " bis morgen", " reservad", " nos vemos", " confirmad", " te esper", " agendad", " até lá",
    " marcad", " réservé", " à bientôt", " à demain", "تم الحجز", "بانتظارك", "बुक", "预约好",
    "到时见",
  ]
  private static let timeQuestions = [
    " when", " what time", " which day", " what day", " wann", " welcher tag", " welche uhrzeit",
    " cuándo", " cuando", " qué día", " qué hora", " quando", " que dia", " que horas", " quand",
    " quel jour", " quelle heure", "متى", "أي يوم", "कब", "什么时候", "几点",
  ]
  private static let nameQuestions = [
    " your name", " full name", " phone number", " e mail", " email", " wie heißt", " dein name",
    " ihr name", " tu nombre", " te llamas", " seu nome", " ton nom", " votre nom", "اسمك", "नाम",
    "名字", "怎么称呼",
  ]
  private static let goalQuestions = [
    " goal", " experience", " trained before", " looking for", " how often", " ziel",
    " erfahrung", " wie oft", " objetivo", " experiencia", " experiência", " objectif",
    " expérience", "هدف", "लक्ष्य", "目标",
  ]
  private static let dayWords = [
    " monday", " tuesday", " wednesday", " thursday", " friday", " saturday", " sunday",
    " tomorrow", " tonight", " montag", " dienstag", " mittwoch", " donnerstag", " freitag",
    " samstag", " sonntag", " morgen ", " lunes", " martes", " miércoles", " jueves", " viernes",
    " sábado", " domingo", " mañana", " segunda", " terça", " quarta", " quinta", " sexta",
    " amanhã", " lundi", " mardi", " mercredi", " jeudi", " vendredi", " samedi", " demain",
    "غدا", "बजे", "明天", "周",
  ]
  private static let trialWords = [
    " trial", " free session", " taster", " try ", " probetraining", " probe", " schnupper",
    " prueba", " gratis", " probar", " experimental", " grátis", " essai", " gratuit", "تجرب",
    "مجاني", "ट्रायल", "体验", "免费",
  ]
  private static let priceWords = [
    "€", "$", "£", " eur", " price", " per month", " a month", " monthly", " monat", " preis",
    " al mes", " precio", " por mês", " valor", " par mois", " tarif", "سعر", "फीस", "रुपये",
    "元", "价格",
  ]
  private static let refusalWords = [
    " unfortunately", " sorry", " fully booked", " can t ", " leider", " ausgebucht",
    " lamentable", " lo siento", " infelizmente", " malheureusement", " désolé", "للأسف", "माफ",
    "抱歉",
  ]
  private static let thanksWords = [
    " thank", " danke", " gracias", " obrigad", " merci", "شكرا", "धन्यवाद", "谢谢",
  ]
}
