using System.CommandLine;
using CustomerService.Integrations.Webhooks;
using CustomerService.Silo.Crm;

namespace CustomerService.Silo.CommandLine;

/// <summary>A flag that names an outside system's address. Its secret comes from the environment, since command lines are seen by others.</summary>
internal sealed class WebhookOption(string name, string what, FeedTarget target)
{
    public Option<string?> Option { get; } = new(name)
    {
        Description = $"{what}, by signed JSON. The secret is read from the environment: {target.SecretVariable}.",
        HelpName = "URL",
    };

    /// <summary>The address with its secret; null where the flag is not given.</summary>
    /// <param name="environment">The environment's variables, by name.</param>
    /// <exception cref="CommandFailedException">The address or the secret can't be used.</exception>
    public WebhookSettings? Read(ParseResult parsed, Func<string, string?> environment)
    {
        if (parsed.GetValue(Option) is not { } address)
            return null;
        if (!Uri.TryCreate(address, UriKind.Absolute, out var url))
            throw WrongUse($"takes an address like https://example.com/hooks/support; '{address}' is none.");
        if (environment(target.SecretVariable) is not { Length: > 0 } secret)
            throw WrongUse($"needs the secret that its events are signed with: set the environment variable {target.SecretVariable}, for instance to what 'openssl rand -hex 32' prints.");

        try
        {
            var webhook = new WebhookSettings(url, secret);
            webhook.Check();
            return webhook;
        }
        catch (ArgumentException fault)
        {
            throw WrongUse($"can't be used: {fault.Message}");
        }
    }

    private CommandFailedException WrongUse(string rest) => new($"{Option.Name} {rest}", SiloCommandLine.WrongUse);
}
