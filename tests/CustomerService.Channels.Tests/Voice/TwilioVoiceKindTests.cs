using CustomerService.Channels.Settings;
using CustomerService.Channels.Voice;
using CustomerService.Pipelines.Definitions;

namespace CustomerService.Channels.Tests.Voice;

public sealed class TwilioVoiceKindTests
{
    private static readonly Uri Api = new("https://api.example.com");

    [Fact]
    public void Account_SpeaksFiveLanguagesWhereNothingElseIsSaid()
    {
        var settings = Assert.IsType<VoiceSettings>(VoiceAccounts.Settings(Api));
        Assert.Equal(["en", "es", "fr", "de", "ja"], settings.Plan.Languages.Select(each => each.Language));
        Assert.Equal(settings, VoiceAccounts.Settings(Api));
        Assert.NotEqual(settings, VoiceAccounts.Settings(Api, "    transcribe: false"));
        Assert.Equal("en", Assert.Single(settings.Plan.WrittenDown)); // Twilio writes nothing else down
        Assert.Equal(TimeSpan.FromMinutes(5), Assert.IsType<VoiceSettings>(VoiceAccounts.Settings(Api, "    callback_from: 5m")).Plan.CallbackFrom);
    }

    [Theory]
    [InlineData("+4915112345678", "de")]
    [InlineData("+41791234567", "fr")] // as the owner says
    [InlineData("+17875551234", "es")] // Puerto Rico
    [InlineData("+12125551234", "de")] // no English here: the first
    [InlineData(null, "de")]
    public void Caller_IsSpokenToInTheirCountrysLanguage(string? caller, string language)
    {
        var settings = Assert.IsType<VoiceSettings>(VoiceAccounts.Settings(Api, """
                languages:
                  de: { greeting: "Moin!", voice: Polly.Vicki }
                  fr:
                  es: { locale: es-MX }
                language_by_number: { "+41": fr }
                agents: { anna: "0049 (30) 777-1" }
            """));
        Assert.Equal(language, settings.Plan.LanguageOf(caller));
        Assert.Equal(new SpokenLanguage("de", "de-DE", "Polly.Vicki", "Moin!"), settings.Plan.Languages[0]);
        Assert.Equal("es-MX", settings.Plan.Spoken("es").Locale);
        Assert.Equal("+49307771", settings.Plan.Agents["anna"]);
    }

    [Theory]
    [InlineData("languages: [en, xx]", "there are no texts for the language 'xx'")]
    [InlineData("languages: [en, en]", "the language 'en' stands there twice")]
    [InlineData("languages: en", "where a list or a map is expected")]
    [InlineData("language_by_number: { \"41\": de }", "'41' is not how numbers begin")]
    [InlineData("language_by_number: { \"+41\": it }", "the account does not speak 'it'")]
    [InlineData("agents: { anna: \"abc\" }", "'anna' is 'abc', which is no telephone number")]
    [InlineData("hold_music: music.mp3", "which is no plain http or https address")]
    public void MistakeInTheFile_IsToldWithItsPlace(string line, string told)
    {
        var text = $"accounts:\n  phone:\n    kind: twilio-voice\n    account_sid: AC1\n    auth_token_env: TOKEN\n    number: \"+4930123456\"\n    {line}\n";
        var fault = Assert.Throws<PipelineFormatException>(() => ChannelSettings.Parse(text, "channels.yaml", _ => "secret"));
        Assert.Contains(told, fault.Message, StringComparison.Ordinal);
        Assert.Contains("channels.yaml:7:", fault.Message.Replace("(7,", ":7:", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void EveryLanguage_HasEveryText()
    {
        foreach (var language in VoicePhrases.Languages)
        {
            foreach (var text in typeof(VoicePhrases).GetProperties().Where(each => each.PropertyType == typeof(string)))
                Assert.False(string.IsNullOrWhiteSpace((string?)text.GetValue(VoicePhrases.In(language))), $"{language}: {text.Name}");
        }
    }
}
