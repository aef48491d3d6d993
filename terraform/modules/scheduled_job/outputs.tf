output "caller" {
  description = "E-mail of the service account that the job calls as."
  # Made of its parts, so that a plan shows it before the account exists.
  value      = "${local.name}-call@${var.project.id}.iam.gserviceaccount.com"
  depends_on = [google_service_account.caller]
}
