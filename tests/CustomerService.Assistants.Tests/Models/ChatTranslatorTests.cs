using System.Text.Json;
using CustomerService.Assistants.Models;
using CustomerService.Assistants.Tests.Support;

namespace CustomerService.Assistants.Tests.Models;

public sealed class ChatTranslatorTests : IDisposable
{
    private readonly ModelServer _server = new();
    private readonly ModelRoles _models;

    public ChatTranslatorTests() => _models = new ModelRoles(_server.Settings(), TimeProvider.System);

    public void Dispose()
    {
        _models.Dispose();
        _server.Dispose();
    }

    [Fact]
    public async Task Text_TravelsApartFromTheInstructions_AndOnlyTheTranslationComesBack()
    {
        _server.Answer(ModelServer.Says("""{"translation": "Hola [[1]]"}"""));

        var (text, fault) = await new ChatTranslator(_models, TimeProvider.System).TranslateAsync("openai", "gpt-4", "en", "es", "Hello [[1]]", default);
        var messages = Assert.Single(_server.Requests).Json.GetProperty("messages");

        Assert.Equal(("Hola [[1]]", null), (text, fault));
        Assert.DoesNotContain("Hello", messages[0].GetProperty("content").ToString(), StringComparison.Ordinal);
        Assert.Equal("Hello [[1]]", JsonDocument.Parse(messages[1].GetProperty("content").GetString()!).RootElement.GetProperty("text").GetString());
    }

    [Fact]
    public async Task ModelThatCannot_AndProviderThatIsNotThere_AreTold()
    {
        _server.Answer(ModelServer.Says("""{"translation": null}"""));
        var translator = new ChatTranslator(_models, TimeProvider.System);

        Assert.Contains("could not", (await translator.TranslateAsync("openai", "gpt-4", "en", "es", "Hello", default)).Fault, StringComparison.Ordinal);
        Assert.Contains("nowhere", (await translator.TranslateAsync("nowhere", "gpt-4", "en", "es", "Hello", default)).Fault, StringComparison.Ordinal);
    }
}
