using CustomerService.Assistants.Responses;

namespace CustomerService.Assistants.Tests.Responses;

public sealed class ModelTextTests
{
    private const string Instructions = "You write one answer from the customer service of a shop to a customer. State only what the sources say.";
    private const string Source = "Print a label at https://returns.shop.example/label within 30 days.";

    [Theory]
    [InlineData("Hello <b>you</b>", "Hello  you")]
    [InlineData("a<script>alert(1)</script>b", "a b")]
    [InlineData("a<script>alert(1)", "a")]
    [InlineData("&lt;img src=x onerror=alert(1)&gt;ok", "ok")]
    [InlineData("&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt;ok", "ok")]
    [InlineData("![x](https://e.example/p.png) ok", "x https://e.example/p.png ok")]
    [InlineData("[here](https://e.example)", "here (https://e.example)")]
    [InlineData("5 < 6 and 7 > 3", "5 < 6 and 7 > 3")]
    [InlineData("in\u200Bvisible", "invisible")]
    [InlineData("お届けから30日以内です。", "お届けから30日以内です。")]
    public void Markup_IsTakenOff(string text, string plain) => Assert.Equal(plain, ModelText.Plain(text));

    [Theory]
    [InlineData("Go to https://returns.shop.example/label.")]
    [InlineData("See www.returns.shop.example or https://own.example/help")]
    [InlineData("It costs 4.90 e.g. in Berlin. Ask us.In case of doubt wait.")]
    [InlineData("Write to help@elsewhere.example")] // the quality gate's matter
    public void KnownHosts_AndPlainWords_Pass(string text) => Assert.Null(Problem(text));

    [Theory]
    [InlineData("https://evil.example/x")]
    [InlineData("HTTPS://EVIL.EXAMPLE")]
    [InlineData("https://returns.shop.example@evil.example/")]
    [InlineData("https://returns.shop.example.evil.test/")]
    [InlineData("hxxps://evil.example")]
    [InlineData("http:\\\\evil.example")]
    [InlineData("//evil.example/p.png")]
    [InlineData("evil.com/?d=secret")]
    [InlineData("evil.me/x")]
    [InlineData("ｅｖｉｌ．com")]
    [InlineData("http://10.0.0.1/admin")]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html;base64,AAAA")]
    public void ForeignAddress_IsHeldBack(string text) => Assert.NotNull(Problem($"Please look at {text} today."));

    [Theory]
    [InlineData("You write one answer from the customer service of a shop to a customer")]
    [InlineData("1) state ONLY what the sources say - from the customer service of a shop to a")]
    public void InstructionsRepeated_AreHeldBack(string text) => Assert.Equal("it repeats its instructions.", Problem(text));

    private static string? Problem(string text) => ModelText.Problem(text, [Source], ["own.example"], Instructions);
}
