// A customer's photo, from the provider's shelf to the media folder, with the real programs.
import Foundation
import Model
import TestSupport
import Testing

@Suite(.serialized, .ownThreads) struct MediaJourneyTests {
  /// Puts a file on the provider's shelf; returns its id.
  private func shelve(_ bytes: Data, in world: World) throws -> String {
    var body = Data("--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n".utf8)
    body += Data("Content-Type: image/jpeg\r\n\r\n".utf8) + bytes + Data("\r\n--b--\r\n".utf8)
    let answer = try HTTP.request(
      "POST",
      world.simulatorURL + "/v26.0/106540352242922/media",
      body: body,
      headers: [
        "Authorization": "Bearer wa-token", "Content-Type": "multipart/form-data; boundary=b",
      ]
    )
    return try #require(try JSONValue.parse(Array(answer.body))["id"].text)
  }

  private func sendPhoto(_ id: String, in world: World) throws {
    let body: JSONValue = [
      "from": "4915112345678", "name": "Mia",
      "image": ["id": .string(id), "mime_type": "image/jpeg", "caption": "This one?"],
    ]
    let answer = try HTTP.request(
      "POST",
      world.simulatorURL + "/_sim/say",
      body: Data(body.encodedBytes())
    )
    try #require(answer.status == 200)
  }

  private func file(in world: World) throws -> JSONValue {
    try world.inbox("worker", "--once")
    let lead = try #require(try world.rows("lead", "list").first?["id"].text)
    return try #require(try world.rows("message", "list", "--lead", lead).last?["media"][0])
  }

  @Test func aPhotoThatIsCutOffTwiceArrivesWhole() throws {
    let world = try World()
    let photo = Data([0xFF, 0xD8, 0xFF, 0xE0] + (0..<300_000).map { UInt8($0 * 7 % 251) })
    try sendPhoto(try shelve(photo, in: world), in: world)
    try world.fault(["match": "/_media/", "drop": "after", "times": 2])
    var media = try file(in: world)
    try world.eventually("the photo is here") {
      media = try file(in: world)
      return media["state"].text == "stored"
    }
    let logFile = world.folder.appending(path: "data/log/inbox.log")
    let log = try String(contentsOf: logFile, encoding: .utf8)
    let cuts = log.components(separatedBy: "file: later(").count - 1
    #expect(cuts == 2, "\(log)")
    #expect(media["kind"].text == "image")
    #expect(media["mime"].text == "image/jpeg")
    #expect(media["bytes"].int == photo.count)
    let path = try #require(media["path"].text)
    #expect(try Data(contentsOf: URL(filePath: path)) == photo)
  }

  @Test func aPhotoThatTheProviderHasDroppedSaysSo() throws {
    let world = try World()
    try sendPhoto("999000999", in: world)
    let media = try file(in: world)
    #expect(media["state"].text == "failed")
    #expect(media["error"].text == "WhatsApp no longer has it")
    #expect(media["path"].isNull)
  }
}
