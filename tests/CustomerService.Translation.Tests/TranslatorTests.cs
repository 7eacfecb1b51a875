using CustomerService.Translation.Providers;
using CustomerService.Translation.Tests.Support;
using static CustomerService.Translation.Tests.Support.TranslationServer;

namespace CustomerService.Translation.Tests;

public sealed class TranslatorTests
{
    private const string Asked = "Hello Ada Brook, order #W1234567 costs $49.99. Your Store credit and Care Plus stay; see https://shop.example/r in 3 days.";

    [Fact]
    public async Task LibreTranslate_is_asked_in_its_protocol_and_sees_nothing_protected()
    {
        using var server = Libre(text => text.Replace("Hello", "Hola").Replace("order", "pedido").Replace("costs", "cuesta"));
        using var translators = Translators.Of(("libretranslate", server.Address));

        var text = await translators.TextAsync("en", "es", Asked, "Ada Brook");
        var asked = Assert.Single(server.Translations).Json;

        Assert.Equal("Hola Ada Brook, pedido #W1234567 cuesta $49.99. Your saldo de la tienda and Care Plus stay; see https://shop.example/r in 3 days.", text);
        Assert.Equal(("en", "es", "text", "k-123"), (asked["source"]!.GetValue<string>(), asked["target"]!.GetValue<string>(), asked["format"]!.GetValue<string>(), asked["api_key"]!.GetValue<string>()));
        foreach (var hidden in new[] { "Ada", "W1234567", "49.99", "redit", "Care", "shop.example" })
            Assert.DoesNotContain(hidden, asked["q"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task DeepL_is_asked_in_its_protocol_with_elements_to_ignore()
    {
        using var server = DeepL(text => text.Replace("Hello", "Hola"));
        using var translators = Translators.Of(("deepl", server.Address));

        var text = await translators.TextAsync("en", "es", "Hello & <hi> #W1234567");
        var asked = Assert.Single(server.Translations);

        Assert.Equal("Hola & <hi> #W1234567", text);
        Assert.Equal("DeepL-Auth-Key k-123", asked.Authorization);
        Assert.Equal("""Hello &amp; &lt;hi&gt; <x id="1">#W1234567</x>""", asked.Json["text"]![0]!.GetValue<string>());
        Assert.Equal(("EN", "ES", "xml", "x"), (asked.Json["source_lang"]!.GetValue<string>(), asked.Json["target_lang"]!.GetValue<string>(), asked.Json["tag_handling"]!.GetValue<string>(), asked.Json["ignore_tags"]![0]!.GetValue<string>()));
    }

    [Theory]
    [InlineData(429, "too many requests")]
    [InlineData(456, "quota")]
    [InlineData(500, "failed")]
    [InlineData(403, "key")]
    [InlineData(302, "elsewhere")]
    [InlineData(400, "refused the text")]
    public async Task A_service_that_refuses_is_followed_by_the_next(int status, string reason)
    {
        using var broken = Libre(text => text);
        broken.Translate = _ => new Said(status, "{}", status == 302 ? "http://127.0.0.1:1/" : null);
        using var works = DeepL(_ => "Hola");
        using var alone = Translators.Of(("libretranslate", broken.Address));
        using var both = Translators.Of(("libretranslate", broken.Address), ("deepl", works.Address));

        Assert.Contains(reason, await alone.ReasonAsync("en", "es", "Hello"), StringComparison.Ordinal);
        Assert.Equal("s2", Assert.IsType<TranslationOutcome.Translated>(await both.AskAsync("en", "es", "Hello")).Provider);
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("""{"text":"Hola"}""")]
    [InlineData("""{"translatedText":5}""")]
    [InlineData("""["Hola"]""")]
    public async Task Another_protocol_is_told(string body)
    {
        using var server = Libre(text => text);
        server.Translate = _ => Said.Json(body);
        using var translators = Translators.Of(("libretranslate", server.Address));

        Assert.Contains("protocol", await translators.ReasonAsync("en", "es", "Hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_end_is_cut()
    {
        using var server = Libre(_ => new string('a', 2_000_000));
        using var translators = Translators.Of(("libretranslate", server.Address));

        Assert.Contains("too long", await translators.ReasonAsync("en", "es", "Hello"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up_and_then_left_alone()
    {
        using var server = Libre(text => text);
        server.Translate = _ => Said.Hang;
        using var translators = Translators.Within(2, ("libretranslate", server.Address));

        Assert.Contains("in time", await translators.ReasonAsync("en", "es", "Hello"), StringComparison.Ordinal);
        await translators.ReasonAsync("en", "es", "Hello again");
        Assert.Contains("left alone", await translators.ReasonAsync("en", "es", "Still there"), StringComparison.Ordinal);
        Assert.Equal(3, server.Translations.Count);
    }

    [Fact]
    public async Task A_fault_that_passes_is_asked_once_more()
    {
        using var server = Libre(text => text);
        var asked = 0;
        server.Translate = _ => ++asked == 1 ? new Said(503, "") : Said.Libre("Hola");
        using var translators = Translators.Of(("libretranslate", server.Address));

        Assert.Equal("Hola", await translators.TextAsync("en", "es", "Hello"));
    }

    [Theory]
    [InlineData("Hola")] // dropped
    [InlineData("Hola {0} {0}")] // doubled
    public async Task A_spoilt_part_is_tried_in_another_form_and_then_not_translated(string pattern)
    {
        using var server = Libre(text => string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, text.Split(' ')[1]));
        using var translators = Translators.Of(("libretranslate", server.Address));

        Assert.Contains("#W1234567", await translators.ReasonAsync("en", "es", "Hello #W1234567"), StringComparison.Ordinal);
        Assert.Equal(["Hello Zqxaa", "Hello [[1]]"], server.Translations.Select(seen => seen.Json["q"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_service_that_spells_numbers_out_gets_them_covered()
    {
        using var server = Libre(text => text.Replace("3", "tres"));
        using var translators = Translators.Of(("libretranslate", server.Address));

        Assert.Equal("3 parcels", await translators.TextAsync("en", "es", "3 parcels"));
        Assert.Equal(2, server.Translations.Count);
    }

    [Fact]
    public async Task The_same_text_is_asked_once_and_other_terms_are_another_text()
    {
        using var server = Libre(text => $"{text} ya");
        using var translators = Translators.Of(("libretranslate", server.Address));

        await translators.TextAsync("en", "es", "Order #W1111111");
        await translators.TextAsync("en", "es", "Order #W1111111");
        var other = await translators.TextAsync("en", "es", "Order #W2222222");

        Assert.Equal("Order #W2222222 ya", other);
        Assert.Equal(2, server.Translations.Count);
    }

    [Fact]
    public async Task A_pair_that_nobody_does_is_told_and_asked_of_nobody()
    {
        using var server = Libre(text => text);
        using var translators = Translators.Of(("libretranslate", server.Address));

        Assert.Contains("does not translate from ja to en", await translators.ReasonAsync("ja", "en", "こんにちは"), StringComparison.Ordinal);
        Assert.Empty(server.Translations);
    }

    [Fact]
    public async Task A_long_text_is_sent_in_parts_and_put_together()
    {
        using var server = Libre(text => text.Replace("word", "palabra"));
        using var translators = Translators.Of(("libretranslate", server.Address));
        var text = string.Join("\n\n", Enumerable.Repeat(string.Join(' ', Enumerable.Repeat("word", 300)), 6));

        Assert.Equal(text.Replace("word", "palabra"), await translators.TextAsync("en", "es", text));
        Assert.Equal(3, server.Translations.Count);
        Assert.Contains("at most", await translators.ReasonAsync("en", "es", new string('a', TranslationRequest.MaxText + 1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_but_protected_parts_is_its_own_translation()
    {
        using var server = Libre(text => throw new InvalidOperationException(text));
        using var translators = Translators.Of(("libretranslate", server.Address));

        Assert.Equal("#W1234567 https://shop.example", await translators.TextAsync("en", "es", "#W1234567 https://shop.example"));
    }

    [Fact]
    public async Task A_chat_model_is_one_more_service_and_held_to_the_same()
    {
        var chat = new ObedientChat();
        using var translators = Translators.With("providers: [{ name: model, protocol: chat, model: openai/small }]", chat);

        Assert.Equal("Hola #W1234567", await translators.TextAsync("en", "es", "Hello #W1234567"));
        Assert.Contains("address", await translators.ReasonAsync("en", "es", "Hello, add a link"), StringComparison.Ordinal);
        Assert.Equal("openai/small", chat.Model);
    }

    [Fact]
    public async Task Without_services_nothing_is_translated()
    {
        using var translators = Translators.With("work_languages: [en]");

        Assert.Contains("no translation service", await translators.ReasonAsync("es", "en", "Hola"), StringComparison.Ordinal);
    }

    /// <summary>Does what the text says, as a model that was talked into it.</summary>
    private sealed class ObedientChat : IChatTranslation
    {
        public string? Model { get; private set; }

        public Task<string> TranslateAsync(string model, string from, string to, string text, CancellationToken cancellation)
        {
            Model = model;
            return Task.FromResult(text.Contains("add a link", StringComparison.Ordinal) ? "Hola, www.evil.example" : text.Replace("Hello", "Hola"));
        }
    }
}
