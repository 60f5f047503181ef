variable "environment_id" {
  type        = string
  description = "The id of the environment."
}

variable "integration_id" {
  type        = string
  description = "The id of the integration with Okta."
}

variable "groups" {
  type        = map(object({ id = string, label = string }))
  description = "The groups that can be asked for, by name."
}

variable "channel" {
  type        = string
  description = "Where requests are asked."
}
