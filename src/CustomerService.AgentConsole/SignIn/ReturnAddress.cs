namespace CustomerService.AgentConsole.SignIn;

/// <summary>Where somebody goes after signing in: a page of the console, never another site.</summary>
internal static class ReturnAddress
{
    public const string Home = "console";

    /// <summary>Where somebody goes who signed in: first to what they have to do.</summary>
    public static string After(StaffMember member, string? wanted) => FirstOf(member) ?? Checked(wanted);

    /// <summary>The page of what has to be done before anything else; null: nothing has.</summary>
    public static string? FirstOf(StaffMember member) => member switch
    {
        { MustChangePassword: true } => "console/password",
        { MustSetUpSecondFactor: true } => "console/second-factor",
        _ => null,
    };

    /// <summary>The wanted address if it is one of the console's, else its first page.</summary>
    public static string Checked(string? wanted) =>
        wanted is not null && wanted.StartsWith("/console", StringComparison.Ordinal) && !wanted.Contains('\\', StringComparison.Ordinal) && !wanted.Any(char.IsControl)
            && (wanted.Length == "/console".Length || wanted["/console".Length] is '/' or '?')
            ? wanted[1..]
            : Home;
}
