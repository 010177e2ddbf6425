// Every kind of message as the provider wants it, byte for byte.
import Channels
import Foundation
import Model
import TestSupport
import Testing

@Suite struct OutboundRequestTests {
  private let whatsApp = GraphCredentials(
    kind: .whatsapp,
    account: "301",
    businessAccount: "102",
    token: Secret("token"),
    baseURL: "https://graph.example/v26.0"
  )
  private let instagram = GraphCredentials(
    kind: .instagram,
    account: "178",
    token: Secret("token"),
    baseURL: "https://graph.example/v26.0"
  )

  /// The request's body without what all share.
  private func body(
    _ content: OutboundContent,
    text: String = "words",
    replyTo: String? = nil,
    media: UploadedMedia? = nil,
    on credentials: GraphCredentials? = nil
  ) throws -> JSONValue {
    let account = credentials ?? whatsApp
    let transport = TestSupport.ScriptedTransport { _ in .json(200, #"{"messages":[{"id":"w"}]}"#) }
    let identity =
      account.kind == .whatsapp
      ? Identity(kind: .phone, value: "34611") : Identity(kind: .igsid, value: "900")
    _ = GraphClient(transport: transport).send(
      account,
      GraphMessage(
        to: identity,
        content: content,
        text: text,
        replyTo: replyTo,
        media: media,
        callbackData: "inbox-1"
      )
    )
    return try JSONValue.parse(try #require(transport.requests.first).body)
  }

  private let photo = UploadedMedia(id: "77", name: "class.jpg")

  @Test func quotes() throws {
    let body = try body(.text, replyTo: "wamid.9")
    #expect(body["context"].encoded() == #"{"message_id":"wamid.9"}"#)
    let instagram = try self.body(.text, replyTo: "mid.9", on: instagram)
    #expect(
      instagram["message"].encoded() == #"{"text":"words","reply_to":{"mid":"mid.9"}}"#
    )
  }

  @Test func files() throws {
    #expect(
      try body(.file(.image), media: photo)["image"].encoded()
        == #"{"id":"77","caption":"words"}"#
    )
    #expect(
      try body(.file(.document), text: "", media: photo)["document"].encoded()
        == #"{"id":"77","filename":"class.jpg"}"#
    )
    // Sound takes no words.
    #expect(try body(.file(.audio), media: photo)["audio"].encoded() == #"{"id":"77"}"#)
    let link = OutboundContent.link(.video, url: "https://gym.example/a.mp4")
    #expect(
      try body(link)["video"].encoded()
        == #"{"link":"https://gym.example/a.mp4","caption":"words"}"#
    )
    #expect(
      try body(link, text: "", on: instagram)["message"].encoded()
        == #"{"attachment":{"type":"video","payload":{"url":"https://gym.example/a.mp4"}}}"#
    )
  }

  @Test func aFileThatWasNotUploadedIsNotPosted() {
    let transport = TestSupport.ScriptedTransport { _ in .json(200, "{}") }
    let outcome = GraphClient(transport: transport).send(
      whatsApp,
      GraphMessage(
        to: Identity(kind: .phone, value: "1"),
        content: .file(.image),
        text: "",
        callbackData: "c"
      )
    )
    guard case .refused(let error) = outcome else {
      Issue.record("\(outcome)")
      return
    }
    #expect(error.userText.contains("attach it again"))
    #expect(transport.requests.isEmpty)
  }

  @Test func placesAndReactions() throws {
    let place = Place(latitude: 52.5163, longitude: -13.3777, name: "Downtown")
    #expect(
      try body(.place(place))["location"].encoded()
        == #"{"latitude":52.5163,"longitude":-13.3777,"name":"Downtown"}"#
    )
    #expect(
      try body(.place(place), on: instagram)["message"]["text"].text
        == "Downtown\nhttps://maps.google.com/?q=52.5163,-13.3777"
    )
    let reaction = try body(.reaction(emoji: "👍"), replyTo: "wamid.9")
    #expect(reaction["reaction"].encoded() == #"{"message_id":"wamid.9","emoji":"👍"}"#)
    #expect(reaction["context"].isNull)
    #expect(
      try body(.reaction(emoji: nil), replyTo: "wamid.9")["reaction"].encoded()
        == #"{"message_id":"wamid.9","emoji":""}"#
    )
    let love = try body(.reaction(emoji: "❤️"), replyTo: "mid.9", on: instagram)
    #expect(love["sender_action"].text == "react")
    #expect(love["payload"].encoded() == #"{"message_id":"mid.9","reaction":"love"}"#)
  }

  @Test func choices() throws {
    let rows = [Choices.Row(id: "a", title: "Yes"), Choices.Row(id: "b", title: "No", detail: "!")]
    #expect(
      try body(.choices(Choices(style: .buttons, rows: rows)))["interactive"].encoded()
        == #"{"type":"button","body":{"text":"words"},"action":{"buttons":["#
        + #"{"type":"reply","reply":{"id":"a","title":"Yes"}},"#
        + #"{"type":"reply","reply":{"id":"b","title":"No"}}]}}"#
    )
    #expect(
      try body(.choices(Choices(style: .list, rows: rows, opener: "Pick")))["interactive"].encoded()
        == #"{"type":"list","body":{"text":"words"},"action":{"button":"Pick","sections":["#
        + #"{"rows":[{"id":"a","title":"Yes"},{"id":"b","title":"No","description":"!"}]}]}}"#
    )
    let quick = Choices(style: .quickReplies, rows: [rows[0]])
    #expect(
      try body(.choices(quick), on: instagram)["message"].encoded()
        == #"{"text":"words","quick_replies":["#
        + #"{"content_type":"text","title":"Yes","payload":"a"}]}"#
    )
  }

  @Test func templates() throws {
    let template = TemplateMessage(
      name: "trial",
      language: "en_US",
      headerMedia: .image,
      body: [.init(name: "first_name", text: "Maya")],
      buttons: [.init(index: 1, kind: "url", text: "x")]
    )
    #expect(
      try body(.template(template), media: photo)["template"].encoded()
        == #"{"name":"trial","language":{"code":"en_US"},"components":["#
        + #"{"type":"header","parameters":[{"type":"image","image":{"id":"77"}}]},"#
        + #"{"type":"body","parameters":[{"type":"text","parameter_name":"first_name","#
        + #""text":"Maya"}]},"#
        + #"{"type":"button","sub_type":"url","index":"1","parameters":["#
        + #"{"type":"text","text":"x"}]}]}"#
    )
    let plain = TemplateMessage(name: "hello_world", language: "en_US")
    #expect(
      try body(.template(plain))["template"].encoded()
        == #"{"name":"hello_world","language":{"code":"en_US"}}"#
    )
  }

  @Test func anUploadIsAFormWithTheFileAsItIs() throws {
    let transport = TestSupport.ScriptedTransport { _ in .json(200, #"{"id":"77"}"#) }
    let bytes: [UInt8] = [0xFF, 0xD8, 0x0D, 0x0A, 0x00]
    let outcome = GraphClient(transport: transport)
      .upload(whatsApp, bytes: bytes, mime: "image/jpeg", name: "a\"\r\nb.jpg")
    #expect(outcome == .uploaded(id: "77"))
    let request = try #require(transport.requests.first)
    #expect(request.url == "https://graph.example/v26.0/301/media" && !request.isSend)
    let type = try #require(request.headers.first { $0.name == "Content-Type" }?.value)
    let boundary = try #require(type.split(separator: "boundary=").last)
    let start =
      "--\(boundary)\r\nContent-Disposition: form-data; name=\"messaging_product\"\r\n\r\n"
      + "whatsapp\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"type\"\r\n\r\n"
      + "image/jpeg\r\n--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; "
      + "filename=\"a__b.jpg\"\r\nContent-Type: image/jpeg\r\n\r\n"
    var wanted = Array(start.utf8) + bytes
    wanted += Array("\r\n--\(boundary)--\r\n".utf8)
    #expect(request.body == wanted)
  }

  @Test func aListingIsFollowedByItsCursorOnTheConfiguredHost() throws {
    let transport = TestSupport.ScriptedTransport { request in
      request.url.contains("after=")
        ? .json(200, #"{"data":[{"name":"b","language":"de","status":"PAUSED"}],"paging":{}}"#)
        : .json(
          200,
          #"{"data":[{"name":"a","language":"en","status":"APPROVED","category":"UTILITY","#
            + #""id":"1","components":[{"type":"BODY","text":"Hi {{1}}!"}]}],"#
            + #""paging":{"cursors":{"after":"Q/2"},"next":"https://evil.example/?x"}}"#
        )
    }
    guard case .found(let templates) = GraphClient(transport: transport).templates(whatsApp) else {
      Issue.record("no templates")
      return
    }
    #expect(templates.map(\.name) == ["a", "b"])
    #expect(templates.map(\.status) == [.approved, .paused])
    #expect(templates[0].components.gaps.map(\.key) == ["1"])
    #expect(
      transport.requests.allSatisfy { $0.url.hasPrefix("https://graph.example/v26.0/102/") }
    )
    #expect(try #require(transport.requests.last).url.hasSuffix("&after=Q%2F2"))
  }
}
