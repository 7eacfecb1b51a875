using CustomerService.Channels.Settings;
using CustomerService.Silo.Composition;

namespace CustomerService.Bench.Webhooks;

/// <summary>The shipped content with an account of each kind, in a folder of its own.</summary>
internal sealed class MeasuredAccounts : IDisposable
{
    public const string SecretVariable = "CUSTOMERSERVICE_BENCH_SECRET";

    public const string PublicUrl = "https://support.shop.example";

    public const string Secret = "a-secret-that-guards-nothing";

    private readonly TemporaryFolder _folder = new();

    /// <param name="api">Where all providers' APIs are, as it seems.</param>
    public MeasuredAccounts(Uri api)
    {
        Copy(new DirectoryInfo(ContentFolder.Find(null).Path), _folder.Path);
        const string Meta = $"access_token_env: {SecretVariable}, app_secret_env: {SecretVariable}, verify_token_env: {SecretVariable}";
        const string Twilio = $"account_sid: AC0123456789abcdef0123456789abcdef, auth_token_env: {SecretVariable}";
        var text = $$"""
            public_url: {{PublicUrl}}
            accounts:
              sms: { kind: twilio-sms, number: "+15550100", {{Twilio}}, api: "{{api}}" }
              whatsapp: { kind: whatsapp, phone_number_id: "100000000000001", {{Meta}}, api: "{{api}}" }
              messenger: { kind: messenger, page_id: "100000000000002", {{Meta}}, api: "{{api}}" }
              instagram: { kind: instagram, instagram_id: "100000000000003", {{Meta}}, api: "{{api}}" }
              telegram: { kind: telegram, token_env: {{SecretVariable}}, secret_env: {{SecretVariable}}, api: "{{api}}" }
              neutral: { kind: webhook, channel: social, secret_env: {{SecretVariable}}, send_to: "{{api}}" }
              voice: { kind: twilio-voice, number: "+15550101", {{Twilio}}, api: "{{api}}" }
            """;
        var path = new ContentFolder(_folder.Path).Channels;
        File.WriteAllText(path, text);
        Settings = ChannelSettings.Parse(text, path, name => Secrets.GetValueOrDefault(name));
    }

    public static IReadOnlyDictionary<string, string> Secrets { get; } = new Dictionary<string, string> { [SecretVariable] = Secret };

    public string Content => _folder.Path;

    public ChannelSettings Settings { get; }

    public void Dispose() => _folder.Dispose();

    private static void Copy(DirectoryInfo from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in from.GetFiles())
            file.CopyTo(Path.Combine(to, file.Name));
        foreach (var folder in from.GetDirectories())
            Copy(folder, Path.Combine(to, folder.Name));
    }
}
