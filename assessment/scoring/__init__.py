"""From one squad's answers and seats to scores, levers, fit, findings; pure."""
