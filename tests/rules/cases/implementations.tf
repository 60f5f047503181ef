#### paths of files
variable "unknown" {}
resource "local_file" "made" {
  filename = "${path.module}/made.py"
  content  = ""
}
locals {
  paths = {
    there    = "${path.module}/there.py"
    missing  = "${path.module}/missing.py"
    close    = "therre.py"
    above    = "../above.py"
    absolute = "/srv/strategy.py"
    home     = "~/strategy.py"
    made     = local_file.made.filename
    by_name  = "./made.py"
    unknown  = var.unknown
    code     = file("${path.module}/there.py")
    folder   = path.module
  }
}
resource "sym_strategy" "custom" {
  for_each       = local.paths
  type           = "custom"
  name           = each.key
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
  implementation = each.value
}
module "inner" {
  source = "./inner"
}
--- inner/main.tf
terraform {
  required_providers {
    sym = { source = "symopsio/sym" }
  }
}
resource "sym_strategy" "custom" {
  type           = "custom"
  name           = "inner"
  integration_id = "0f8fad5b-d9cb-469f-a165-70867728950e"
  targets        = ["0f8fad5b-d9cb-469f-a165-70867728950e"]
  implementation = "${path.module}/there.py"
}
--- there.py
