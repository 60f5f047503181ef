#### destinations of every kind, and streams of the other one
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "old_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 1.0"
  environment = "old"
}
module "stream_access" {
  source        = "symopsio/kinesis-firehose-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
}
module "data_stream_access" {
  source        = "symopsio/kinesis-data-stream-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
  stream_arns   = [aws_kinesis_stream.listed.arn]
}
resource "aws_kinesis_stream" "listed" {
  name = "listed"
}
resource "aws_kinesis_stream" "not_listed" {
  name = "not-listed"
}
resource "aws_kinesis_stream" "each" {
  for_each = toset(["a", "b"])
  name     = "each-${each.key}"
}
resource "aws_kinesis_firehose_delivery_stream" "tagged" {
  name = "tagged"
  tags = {
    SymEnv = "main"
  }
}
resource "aws_kinesis_firehose_delivery_stream" "not_tagged" {
  name = "not-tagged"
}
resource "aws_kinesis_firehose_delivery_stream" "other_tag" {
  name = "other-tag"
  tags = {
    SymEnv = "prod"
    symenv = "main"
  }
}
resource "aws_kinesis_firehose_delivery_stream" "unknown_tag" {
  name = "unknown-tag"
  tags = var.unknown
}
module "datadog" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "prod"
  datadog_access_key = var.unknown
}
module "datadog_right" {
  source             = "symopsio/datadog-connector/aws"
  version            = "~> 4.0"
  environment        = "main"
  datadog_access_key = var.unknown
}
resource "sym_integration" "slack" {
  type        = "slack"
  name        = "slack"
  external_id = "T0ORCHARD1"
}
resource "sym_integration" "runtime" {
  type        = "permission_context"
  name        = "runtime"
  external_id = module.old_runtime.settings.account_id
  settings    = module.old_runtime.settings
}
resource "sym_log_destination" "of_no_type" {
  type           = "nothing"
  integration_id = sym_integration.slack.id
}
resource "sym_log_destination" "of_unknown_type" {
  type           = var.unknown
  integration_id = sym_integration.slack.id
}
resource "sym_log_destination" "no_integration" {
  type = "kinesis_firehose"
  settings = {
    stream_name = aws_kinesis_firehose_delivery_stream.tagged.name
  }
}
resource "sym_log_destination" "null_integration" {
  type           = "kinesis_firehose"
  integration_id = null
  settings = {
    stream_name = aws_kinesis_firehose_delivery_stream.tagged.name
  }
}
resource "sym_log_destination" "other_integration" {
  type           = "kinesis_firehose"
  integration_id = sym_integration.slack.id
  settings       = {}
}
resource "sym_log_destination" "either_integration" {
  type           = "kinesis_data_stream"
  integration_id = var.unknown ? sym_integration.slack.id : module.runtime_connector.sym_integration.id
  settings       = var.unknown
}
resource "sym_log_destination" "unknown_integration" {
  type           = "kinesis_data_stream"
  integration_id = var.unknown
  settings = {
    stream = "misspelled"
  }
}
resource "sym_log_destination" "firehose" {
  for_each = {
    tagged      = aws_kinesis_firehose_delivery_stream.tagged.name
    not_tagged  = aws_kinesis_firehose_delivery_stream.not_tagged.name
    other_tag   = aws_kinesis_firehose_delivery_stream.other_tag.name
    unknown_tag = aws_kinesis_firehose_delivery_stream.unknown_tag.name
    arn         = aws_kinesis_firehose_delivery_stream.tagged.arn
    other_kind  = aws_kinesis_stream.listed.name
    text        = "nowhere"
    unknown     = var.unknown
    datadog     = module.datadog.firehose_name
    right       = module.datadog_right.firehose_name
  }
  type           = "kinesis_firehose"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = each.value
  }
}
resource "sym_log_destination" "data_stream" {
  for_each = {
    listed     = aws_kinesis_stream.listed.name
    not_listed = aws_kinesis_stream.not_listed.name
    each       = aws_kinesis_stream.each["a"].name
    other_kind = aws_kinesis_firehose_delivery_stream.tagged.name
    text       = "not-listed"
    null       = null
  }
  type           = "kinesis_data_stream"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = each.value
  }
}
resource "sym_log_destination" "of_old_runtime" {
  type           = "kinesis_firehose"
  integration_id = sym_integration.runtime.id
  settings = {
    stream_name = aws_kinesis_firehose_delivery_stream.tagged.name
  }
}

#### an addon that lists nothing, and one for other streams only
variable "unknown" {}
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "other_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "other"
}
module "unknown_runtime" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "unknown"
}
module "empty" {
  source        = "symopsio/kinesis-data-stream-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
  stream_arns   = []
}
module "none" {
  source        = "symopsio/kinesis-data-stream-addon/aws"
  version       = "~> 1.1"
  environment   = "other"
  iam_role_name = module.other_runtime.sym_runtime_connector_role.name
}
module "unknown" {
  source        = "symopsio/kinesis-data-stream-addon/aws"
  version       = "~> 1.1"
  environment   = "unknown"
  iam_role_name = module.unknown_runtime.sym_runtime_connector_role.name
  stream_arns   = var.unknown
}
module "logs" {
  source      = "symopsio/kinesis-firehose-connector/aws"
  version     = "~> 4.0"
  environment = "main"
}
resource "aws_kinesis_stream" "audit" {
  name = "audit"
}
resource "sym_log_destination" "audit" {
  for_each = {
    main    = module.runtime_connector.sym_integration.id
    other   = module.other_runtime.sym_integration.id
    unknown = module.unknown_runtime.sym_integration.id
  }
  type           = "kinesis_data_stream"
  integration_id = each.value
  settings = {
    stream_name = aws_kinesis_stream.audit.name
  }
}

#### a stream of a module elsewhere, and one beside its addon
module "runtime_connector" {
  source      = "symopsio/runtime-connector/aws"
  version     = "~> 2.0"
  environment = "main"
}
module "access" {
  source        = "symopsio/kinesis-data-stream-addon/aws"
  version       = "~> 1.1"
  environment   = "main"
  iam_role_name = module.runtime_connector.sym_runtime_connector_role.name
  stream_arns   = [aws_kinesis_stream.other.arn]
}
resource "aws_kinesis_stream" "other" {
  name = "other"
}
module "stream" {
  source      = "symopsio/kinesis-data-stream-connector/aws"
  version     = ">= 1.0"
  environment = "main"
}
module "inner" {
  source = "./inner"
}
resource "sym_log_destination" "audit" {
  for_each       = { beside = module.stream.data_stream_name, inner = module.inner.name, resource = module.inner.other }
  type           = "kinesis_data_stream"
  integration_id = module.runtime_connector.sym_integration.id
  settings = {
    stream_name = each.value
  }
}
--- inner/main.tf
module "stream" {
  source      = "symopsio/kinesis-data-stream-connector/aws"
  version     = ">= 1.0"
  environment = "inner"
}
resource "aws_kinesis_stream" "audit" {
  name = "audit"
}
output "name" {
  value = module.stream.data_stream_name
}
output "other" {
  value = aws_kinesis_stream.audit.name
}
#### addresses of HTTP log destinations
variable "host" {
  default = "logs.example.com"
}
variable "unset" {
  type = string
}
locals {
  without = "logs.example.com/sym"
}
resource "sym_log_destination" "without" {
  type = "http"
  settings = {
    url = local.without
  }
}
resource "sym_log_destination" "each" {
  for_each = toset(["https://logs.example.com/sym", "logs.example.com", "HTTP://localhost:8080", "ftp://logs.example.com", "https://"])
  type     = "http"
  settings = {
    url = each.value
  }
}
resource "sym_log_destination" "built" {
  type = "http"
  settings = {
    url = "https://${var.host}/sym"
  }
}
resource "sym_log_destination" "host" {
  type = "http"
  settings = {
    url = "//${var.host}/sym"
  }
}
resource "sym_log_destination" "unknown" {
  type = "http"
  settings = {
    url = var.unset
  }
}
resource "sym_log_destination" "placeholder" {
  type = "http"
  settings = {
    url = "CHANGEME"
  }
}
