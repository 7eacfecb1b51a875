using CustomerService.Tests;
using CustomerService.Translation.Tests.Support;

namespace CustomerService.Translation.Tests;

/// <summary>Against a real Apertium APY.</summary>
public sealed class ApertiumTests(ApertiumServer apertium) : IClassFixture<ApertiumServer>
{
    private Translators Open() => Translators.Of(("apertium", apertium.Address));

    [RequiresFact("apertium")]
    public async Task English_becomes_Spanish_around_what_must_not_change()
    {
        using var translators = Open();

        var text = await translators.TextAsync(
            "en", "es", "Hello Ada Brook, your order #W1234567 was sent yesterday. It costs $49.99 and arrives in 3 days: https://shop.example/t?id=7.", "Ada Brook");

        foreach (var kept in new[] { "Ada Brook", "#W1234567", "$49.99", "3", "https://shop.example/t?id=7" })
            Assert.Contains(kept, text, StringComparison.Ordinal);
        foreach (var word in new[] { "Hola", "ayer", "llega", "días" })
            Assert.Contains(word, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("*", text, StringComparison.Ordinal);
    }

    [RequiresFact("apertium")]
    public async Task Spanish_becomes_English_line_by_line()
    {
        using var translators = Open();

        var text = await translators.TextAsync("es", "en", "Hola, mi pedido #W7654321 no ha llegado todavía.\n¿Dónde está? Gracias");

        Assert.Contains("#W7654321", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split('\n').Length);
        foreach (var word in new[] { "Hello", "arrived", "Thank" })
            Assert.Contains(word, text, StringComparison.OrdinalIgnoreCase);
    }

    [RequiresFact("apertium")]
    public async Task A_pair_that_is_not_installed_is_told()
    {
        using var translators = Open();

        Assert.Contains("does not translate from en to ja", await translators.ReasonAsync("en", "ja", "Hello"), StringComparison.Ordinal);
    }

    [RequiresFact("apertium")]
    public async Task Gibberish_is_not_passed_on_as_a_translation()
    {
        using var translators = Open();

        Assert.Contains("does not know", await translators.ReasonAsync("en", "es", "Flirbel gronts wubbly snarfed plombic trizzle"), StringComparison.Ordinal);
    }
}
