namespace CustomerService.Language;

/// <summary>One example: a message, and what it is.</summary>
public sealed record LabeledText(string Text, string Label);
