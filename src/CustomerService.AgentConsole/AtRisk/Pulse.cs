namespace CustomerService.AgentConsole.AtRisk;

/// <summary>What lists do not say of a conversation.</summary>
/// <param name="Asked">How many messages the customer wrote since anybody answered.</param>
/// <param name="MoodBefore">−1…1, of the best mood before the last message that was understood; null: there was none.</param>
/// <param name="Mood">Of the last message that was understood; null: none was.</param>
internal readonly record struct Pulse(int Asked, double? MoodBefore, double? Mood)
{
    /// <summary>How far the mood fell; 0 where it did not.</summary>
    public double Fall => Math.Max(0, (MoodBefore ?? Mood ?? 0) - (Mood ?? 0));
}
