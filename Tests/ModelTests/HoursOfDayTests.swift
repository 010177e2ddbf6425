// Hours of the day, also over midnight.
import Model
import Testing

@Suite struct HoursOfDayTests {
  @Test func knowsWhatLiesWithin() throws {
    let night = try #require(HoursOfDay("22:00-07:00"))
    #expect(night.contains(hour: 23, minute: 59) && night.contains(hour: 6, minute: 59))
    #expect(!night.contains(hour: 7, minute: 0) && !night.contains(hour: 21, minute: 59))
    let noon = try #require(HoursOfDay("12:00-13:30"))
    #expect(noon.contains(hour: 12, minute: 0) && !noon.contains(hour: 13, minute: 30))
  }

  @Test(arguments: ["", "22-7", "22:00", "24:00-07:00", "22:60-07:00", "7:0-8:00", "08:00-08:00"])
  func refuses(text: String) {
    #expect(HoursOfDay(text) == nil)
  }
}
