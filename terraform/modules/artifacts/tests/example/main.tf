module "artifacts" {
  source = "../.."

  project  = { id = "sellin-dev", number = "123456789012" }
  region   = { key = "eu", location = "europe-west1" }
  archives = { carts = "build/archives/carts-0123456789abcdef.zip" }
}
