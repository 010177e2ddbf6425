import Foundation

@main struct InboxMain { static func main() {} }
