namespace CustomerService.Language;

/// <summary>One example: a message, and what it is.</summary>
/// <param name="Text">The message.</param>
/// <param name="Label">Its intent, or <see cref="IntentRanking.Unknown"/>.</param>
/// <param name="Language">Its two-letter code; empty where it is not said.</param>
/// <param name="Source">Where it comes from, for people; empty where it is not said.</param>
public sealed record LabeledText(string Text, string Label, string Language = "", string Source = "");
