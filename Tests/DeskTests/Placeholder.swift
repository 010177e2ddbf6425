import Testing

@Test func deskTestsBuilds() {}
