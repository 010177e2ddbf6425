// What files are by their bytes, and how long a voice note plays.
import Foundation
import Model
import Testing

@Suite struct MediaTypeTests {
  @Test func theFirstBytesDecideAndNotTheDeclaredType() {
    let program = Array("\u{7F}ELF".utf8)
    #expect(MediaType.of([0xFF, 0xD8, 0xFF], declared: "text/html").fileExtension == "jpg")
    #expect(MediaType.of(program, declared: "image/png").mime == "application/octet-stream")
    #expect(MediaType.of(program, declared: "text/x-own").mime == "text/x-own")
    #expect(!MediaType.of(program, declared: nil).fits(.image))
    #expect(!MediaType.of(program, declared: nil).isViewable)
    #expect(MediaType.of(Array("%PDF-1.7".utf8), declared: nil).isViewable)
    #expect(!MediaType.of(Array("<svg".utf8), declared: "image/svg+xml").isViewable)
  }

  @Test func officeFilesAreTakenAtTheirWord() {
    let zip: [UInt8] = [0x50, 0x4B, 0x03, 0x04]
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    #expect(MediaType.of(zip, declared: word).fileExtension == "docx")
    #expect(MediaType.of(zip, declared: nil).fileExtension == "zip")
    #expect(MediaType.of(zip, declared: "image/png").fileExtension == "zip")
  }

  @Test func aVoiceNotePlaysForItsLastGranuleLessTheSkip() {
    let head =
      page(granule: 0, body: "OpusHead\u{1}\u{1}8\u{1}") + page(granule: 0, body: "OpusTags")
    let file = head + page(granule: 48_000 * 3 + 312, body: "xxxx")
    #expect(OggOpus.duration(head: file, tail: file) == 3000)
    #expect(OggOpus.duration(head: Array("OggS vorbis".utf8), tail: file) == nil)
    #expect(OggOpus.duration(head: head, tail: []) == nil)
  }

  private func page(granule: UInt64, body: String) -> [UInt8] {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: granule >> (8 * UInt64($0))) }
    return Array("OggS".utf8) + [0, 0] + bytes + [UInt8](repeating: 0, count: 13)
      + Array(body.utf8)
  }
}
