terraform {
  required_providers {
    sym = {
      source  = "symopsio/sym"
      version = "~> 1.14"
    }
  }
}

provider "sym" {
  org = "orchard"
}
