using CustomerService.Silo.CommandLine;

namespace CustomerService.Silo.Composition;

/// <summary>The secrets of one system, the same in all of its processes. Not printed.</summary>
/// <param name="VisitorKey">Signs visitors' tokens.</param>
/// <param name="StaffKey">Protects the staff's second factors and sessions.</param>
/// <param name="AgentToken">What the staff's programs show.</param>
/// <param name="OperatorToken">What operators show.</param>
internal sealed record SystemKeys(ReadOnlyMemory<byte> VisitorKey, ReadOnlyMemory<byte> StaffKey, string AgentToken, string OperatorToken)
{
    private const int LeastToken = 16;
    private const int LeastKey = Gateway.Visitors.VisitorKey.Length;

    public override string ToString() => nameof(SystemKeys);

    /// <summary>Each key as the environment names it, else as it is kept: what the environment gives is not asked for.</summary>
    /// <exception cref="CommandFailedException">The environment gives one that can't be used.</exception>
    public static SystemKeys Choose(
        Func<string, string?> environment, Func<ReadOnlyMemory<byte>> visitorKey, Func<ReadOnlyMemory<byte>> staffKey, Func<string> agentToken, Func<string> operatorToken) => new(
        Key(environment, EnvironmentVariables.VisitorKey) ?? visitorKey(),
        Key(environment, EnvironmentVariables.StaffKey) ?? staffKey(),
        Token(environment, EnvironmentVariables.AgentToken) ?? agentToken(),
        Token(environment, EnvironmentVariables.OperatorToken) ?? operatorToken());

    private static string? Token(Func<string, string?> environment, string name) => environment(name) switch
    {
        null or "" => null,
        { Length: >= LeastToken } token => token,
        _ => throw new CommandFailedException($"{name} needs at least {LeastToken} characters: set it to what 'openssl rand -hex 20' prints, or leave it out.", SiloCommandLine.WrongUse),
    };

    private static ReadOnlyMemory<byte>? Key(Func<string, string?> environment, string name)
    {
        if (environment(name) is not { Length: > 0 } text)
            return null;
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text.Trim(), bytes, out var length) && length >= LeastKey
            ? bytes.AsMemory(0, length)
            : throw new CommandFailedException($"{name} needs at least {LeastKey} bytes in base64: set it to what 'openssl rand -base64 32' prints, or leave it out.", SiloCommandLine.WrongUse);
    }
}
