using CustomerService.Translation.Providers;
using CustomerService.Translation.Settings;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerService.Translation.Tests.Support;

/// <summary>A translator with settings written as an owner writes them, in a folder of its own.</summary>
internal sealed class Translators : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("translation-test-").FullName;
    private readonly TranslationProviders _services;
    private readonly Translator _translator;

    private Translators(string yaml, IChatTranslation? chat)
    {
        Path = System.IO.Path.Combine(_folder, "translation.yaml");
        File.WriteAllText(Path, yaml);
        Settings = new TranslationFile(Path, TimeProvider.System, NullLogger<TranslationFile>.Instance);
        _services = new TranslationProviders(name => name == "TEST_KEY" ? "k-123" : null, chat, TimeProvider.System);
        _translator = new Translator(Settings, _services);
    }

    public string Path { get; }

    public TranslationFile Settings { get; }

    public static Translators With(string yaml, IChatTranslation? chat = null) => new(yaml, chat);

    /// <summary>Of servers in this order, which have all the time they want.</summary>
    public static Translators Of(params (string Protocol, Uri Address)[] servers) => Within(30, servers);

    /// <summary>Of servers in this order, which have to answer within so many seconds.</summary>
    public static Translators Within(int seconds, params (string Protocol, Uri Address)[] servers) => With("providers:\n" + string.Concat(servers.Select((server, at) =>
        $"  - {{ name: s{at + 1}, protocol: {server.Protocol}, base_url: '{server.Address}', key_env: TEST_KEY, timeout: {seconds}s }}\n")) + "keep: [Care Plus]\nglossary:\n  - { en: store credit, es: saldo de la tienda }\n");

    public async Task<string> TextAsync(string from, string to, string text, params string[] names)
    {
        var outcome = await AskAsync(from, to, text, names);
        return Assert.IsType<TranslationOutcome.Translated>(outcome).Text;
    }

    public async Task<string> ReasonAsync(string from, string to, string text) =>
        Assert.IsType<TranslationOutcome.NotTranslated>(await AskAsync(from, to, text)).Reason;

    public ValueTask<TranslationOutcome> AskAsync(string from, string to, string text, params string[] names) =>
        _translator.TranslateAsync(new TranslationRequest(from, to, text) { Names = [.. names] });

    public void Dispose()
    {
        _translator.Dispose();
        _services.Dispose();
        Settings.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
