using CustomerService.Pipelines.Definitions;
using CustomerService.Translation.Settings;
using CustomerService.Translation.Tests.Support;

namespace CustomerService.Translation.Tests;

public sealed class TranslationFileTests
{
    [Fact]
    public void Everything_that_an_owner_may_say_is_read()
    {
        var settings = TranslationFile.Parse("""
            providers:
              - name: ours
                protocol: apertium
                base_url: http://localhost:2737
                key_env: APY_KEY
                pairs: [en-es, es-en]
                timeout: 3s
                at_once: 2
                max_characters: 1000
              - { name: deepl, protocol: deepl, base_url: https://api.example, formality: prefer_more }
              - { name: model, protocol: chat, model: openai/small }
            work_languages: [en, fr]
            queues:
              general: { languages: [de] }
              billing: { translate: false }
            keep: [Care Plus]
            glossary:
              - { en: store credit, es: saldo de la tienda }
            """, "translation.yaml");

        Assert.Equal([TranslationProtocol.Apertium, TranslationProtocol.DeepL, TranslationProtocol.Chat], settings.Providers.Select(provider => provider.Protocol));
        Assert.Equal((new Uri("http://localhost:2737/"), "APY_KEY", TimeSpan.FromSeconds(3), 2, 1000), (settings.Providers[0].Address, settings.Providers[0].KeyVariable, settings.Providers[0].Timeout, settings.Providers[0].AtOnce, settings.Providers[0].MaxCharacters));
        Assert.Equal([["de"], [], ["en", "fr"]], new[] { "general", "billing", "orders" }.Select(queue => settings.LanguagesOf(queue).ToArray()));
        Assert.Equal("saldo de la tienda", settings.TermsFor(new LanguagePair("en", "es")).First().Value);
        Assert.Equal("store credit", settings.TermsFor(new LanguagePair("en", "fr")).First().Value);
    }

    [Theory]
    [InlineData("provider: []", "1:1: error: a translation file has no key 'provider'")]
    [InlineData("providers: [{ name: a }]", "1:13: error: a provider has no protocol")]
    [InlineData("providers: [{ name: a, protocol: google, base_url: 'http://x' }]", "1:34: error: 'protocol' of a provider can't be 'google'")]
    [InlineData("providers: [{ name: a, protocol: deepl }]", "a provider has no base_url")]
    [InlineData("providers: [{ name: a, protocol: deepl, base_url: 'file:///etc/passwd' }]", "1:51: error: 'base_url' is 'file:///etc/passwd'")]
    [InlineData("providers: [{ name: a, protocol: deepl, base_url: 'http://x', pairs: [english] }]", "is no pair of languages")]
    [InlineData("providers: [{ name: a, protocol: chat, model: small }]", "a provider and a model are expected")]
    [InlineData("work_languages: [EN]", "1:18: error: 'EN' is no language's two-letter code")]
    [InlineData("queues: { general: en }", "1:20: error: 'general' of 'queues' is a text")]
    [InlineData("glossary: [word]", "1:12: error: a term is a text")]
    public void A_mistake_is_told_with_its_place(string yaml, string expected)
    {
        var fault = Assert.Throws<PipelineFormatException>(() => TranslationFile.Parse(yaml, "translation.yaml"));

        Assert.Contains(expected, fault.Message, StringComparison.Ordinal);
        Assert.Contains("Fix: ", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_edit_takes_effect_at_once_and_a_bad_one_does_not()
    {
        using var server = TranslationServer.Libre(_ => "Hola");
        using var translators = Translators.With("work_languages: [en]");
        await File.WriteAllTextAsync(translators.Path, $"providers: [{{ name: s1, protocol: libretranslate, base_url: '{server.Address}' }}]");
        translators.Settings.Look();
        var text = await translators.TextAsync("en", "es", "Hello");
        await File.WriteAllTextAsync(translators.Path, "providers: 5");
        translators.Settings.Look();

        Assert.Equal("Hola", text);
        Assert.Single(translators.Settings.Current.Providers);
    }
}
