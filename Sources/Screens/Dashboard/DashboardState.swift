// The gym's numbers, as they were last asked for.
import Model

struct DashboardState: Equatable {
  var numbers: Dashboard?
  var loading = Loading()
  /// First line on screen.
  var scroll = 0
}
