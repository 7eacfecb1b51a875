namespace CustomerService.Language;

/// <summary>How far a training is: <paramref name="Done"/> of <paramref name="Total"/> planes fitted, in the named phase.</summary>
public readonly record struct TrainingProgress(string Phase, int Done, int Total);
