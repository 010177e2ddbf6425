import Foundation
import Hummingbird
import HummingbirdTLS

@main struct RelayMain { static func main() {} }
