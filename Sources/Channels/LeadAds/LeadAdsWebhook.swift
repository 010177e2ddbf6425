// A filled-in lead form: the webhook names it only; its fields are fetched by id.
import Model

enum LeadAdsWebhook {
  /// The account is the page's, since lead forms arrive on the page that Messenger uses.
  static func decode(_ value: JSONValue, page: String, into batch: inout EventBatch) {
    guard let lead = value["leadgen_id"].text else {
      return batch.lose("a lead form’s answer without an id")
    }
    let account = ProviderAccount(kind: .messenger, id: value["page_id"].text ?? page)
    let form = InboundLeadForm(
      id: lead,
      form: value["form_id"].text,
      ad: value["ad_id"].text,
      at: batch.time(value["created_time"])
    )
    batch.add(account, .leadForm(form))
  }
}
