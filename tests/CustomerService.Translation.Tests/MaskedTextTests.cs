using CustomerService.Translation.Masking;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerService.Translation.Tests;

public sealed class MaskedTextTests
{
    private static readonly MaskForm[] Forms = [MaskForm.Words, MaskForm.Brackets, MaskForm.Elements];
    private static readonly string[] Pieces =
        ["Hello", "#W1234567", "where is", "$49.99", "Ada Brook", "<b>", "a & b", "https://x.example/1", "3", "two", "注文", "12:30", ".", "\n", "Zqxaa", "[[1]]", "é", "?"];

    [Fact]
    public void Covered_and_uncovered_untouched_is_the_same_text() => Prop.ForAll<int>(seed =>
    {
        var text = Written(new Random(seed));
        foreach (var form in Forms)
        {
            if (Cover(text, form) is { } masked)
                Assert.Equal(text.Trim(), masked.Uncover(masked.Text, out _));
        }
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_lost_doubled_or_spoilt_part_is_never_passed_on() => Prop.ForAll<int>(seed =>
    {
        var random = new Random(seed);
        var text = $"Please send #W1234567 to {Written(random)}";
        return Forms.All(form =>
        {
            if (Cover(text, form) is not { } masked)
                return true;
            var token = form.Token(form.MarkFor(text)!, 0, "#W1234567");
            string[] spoilt = [masked.Text.Replace(token, ""), masked.Text.Replace(token, token + " " + token), masked.Text.Replace(token, token + " 5")];
            return spoilt.All(each => masked.Uncover(each, out var problem) is null && problem is not null);
        });
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Parts_may_come_back_in_another_order_and_case()
    {
        var masked = Cover("Send #W1234567 to Ada", MaskForm.Words)!;

        Assert.Equal("A Ada, #W1234567 enviar", masked.Uncover("A ZQXAB, zqxaa enviar", out _));
    }

    [Theory]
    [InlineData("Zqxaas enviar Zqxab")]
    [InlineData("Zqxaa enviar <b>Zqxab</b>")]
    [InlineData("Zqxaa enviar Zqxab &lt;script&gt;")]
    [InlineData("Zqxaa enviar Zqxab https://evil.example")]
    [InlineData("Zqxaa Zqxab")]
    [InlineData("Zqxaa enviar Zqxab Zqxac")]
    public void What_a_service_adds_or_breaks_is_told(string translated)
    {
        var masked = Cover("Send #W1234567 to Ada", MaskForm.Words)!;

        Assert.Null(masked.Uncover(translated, out var problem));
        Assert.NotNull(problem);
    }

    [Fact]
    public void Elements_are_escaped_and_read_back()
    {
        var masked = Cover("A & B <c> paid $5.00", MaskForm.Elements)!;

        Assert.Equal("""A &amp; B &lt;c&gt; paid <x id="1">$5.00</x>""", masked.Text);
        Assert.Equal("A & B <c> pagó $5.00", masked.Uncover("""A &amp; B &lt;c&gt; pagó <x id="1">$5,00</x>""", out _));
    }

    private static MaskedText? Cover(string text, MaskForm form) => MaskedText.Cover(text, ProtectedParts.Find(text, [], ["Ada Brook"], everyNumber: true), form);

    private static string Written(Random random) => string.Join(' ', Enumerable.Range(0, random.Next(1, 12)).Select(_ => Pieces[random.Next(Pieces.Length)]));
}
