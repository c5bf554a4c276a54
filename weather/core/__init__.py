"""Pure values and rules: places, forecasts and reports, errors, formulas. No I/O."""
