namespace CustomerService.AgentConsole.Administration;

/// <summary>A version's whole text.</summary>
public sealed record FormerText(int Number, string Text);
