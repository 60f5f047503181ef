provider "aws" {
  alias  = "east"
  region = "us-east-1"
}

data "aws_caller_identity" "east" {
  provider = aws.east
}
