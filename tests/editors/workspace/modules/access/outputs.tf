output "strategy_id" {
  value = sym_strategy.okta.id
}
