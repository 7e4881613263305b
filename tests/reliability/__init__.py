"""What is promised of saved answers, tried by killing, cutting, filling, failing and crowding."""
