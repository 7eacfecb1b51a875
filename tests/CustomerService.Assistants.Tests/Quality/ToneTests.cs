using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Tests.Support;

namespace CustomerService.Assistants.Tests.Quality;

public sealed class ToneTests
{
    private static readonly QualityGate Gate = new(Assistant.Rules);

    private static IEnumerable<string> Kinds(QualitySubject subject) => Gate.Review(subject)["tone"].Findings.Select(finding => finding.Kind);

    [Theory]
    [InlineData("en", "Great news! Your parcel is here.", "We are sorry for the trouble. Your parcel is here.", "Your parcel is here.")]
    [InlineData("es", "¡Genial! Su paquete está aquí.", "Lamentamos las molestias. Su paquete está aquí.", "Su paquete está aquí.")]
    [InlineData("fr", "Super nouvelle ! Votre colis est là.", "Nous sommes désolés. Votre colis est là.", "Votre colis est là.")]
    [InlineData("de", "Großartig! Ihr Paket ist da.", "Es tut uns leid. Ihr Paket ist da.", "Ihr Paket ist da.")]
    [InlineData("ja", "嬉しいお知らせです。お荷物がございます。", "ご迷惑をおかけしております。お荷物がございます。", "お荷物がございます。")]
    public void UpsetCustomer_IsNotCheeredAt_AndIsAcknowledged(string language, string cheerful, string kind, string cold)
    {
        QualitySubject To(string text) => new(text) { Language = language, CustomerSentiment = -0.7 };

        Assert.Contains(FindingKinds.Cheer, Kinds(To(cheerful)));
        Assert.Empty(Kinds(To(kind)));
        Assert.Contains(FindingKinds.NoEmpathy, Kinds(To(cold)));
        Assert.DoesNotContain(FindingKinds.NoEmpathy, Kinds(To(cold) with { CustomerSentiment = 0.1 }));
    }

    [Theory]
    [InlineData("de", "Könnten Sie bitte nachsehen, wo mein Paket ist?", "Du kannst es in deinem Konto sehen.", "Sie können es in Ihrem Konto sehen.")]
    [InlineData("fr", "Pourriez-vous vérifier ma commande ?", "Tu peux la voir dans ton compte.", "Vous pouvez la voir dans votre compte.")]
    [InlineData("es", "¿Podría usted mirar mi pedido?", "Puedes verlo en tu cuenta.", "Puede verlo en su cuenta.")]
    [InlineData("ja", "注文の状況を教えていただけますでしょうか。", "マイページで見てね。", "マイページでご覧いただけます。")]
    public void FormalCustomer_IsAddressedFormally(string language, string customer, string familiar, string polite)
    {
        QualitySubject To(string text) => new(text) { Language = language, CustomerMessage = customer };
        var review = Gate.Review(To(familiar));

        Assert.Contains(FindingKinds.FormOfAddress, review.Findings.Select(finding => finding.Kind));
        Assert.False(review.Passed);
        Assert.Empty(Kinds(To(polite)));
        // Even where the house style does not count: manners do.
        Assert.Contains(FindingKinds.FormOfAddress, Kinds(To(familiar) with { BrandGuidelines = false }));
    }

    [Fact]
    public void OwnersFormOfAddress_Counts_WhereTheCustomerSaysNothingOfIt()
    {
        var familiar = new QualitySubject("Du findest es in deinem Konto.") { Language = "de", CustomerMessage = "wo ist mein paket" };
        var rules = Assistant.Rules with { Brand = new BrandVoice { Address = new Dictionary<string, string> { ["de"] = "informal" }.ToFrozen() } };

        Assert.Contains(FindingKinds.FormOfAddress, Kinds(familiar));
        Assert.Empty(new QualityGate(rules).Review(familiar).Findings);
        Assert.Contains(FindingKinds.FormOfAddress, new QualityGate(rules).Review(familiar with { Text = "Sie finden es in Ihrem Konto." }).Findings.Select(finding => finding.Kind));
    }

    [Theory]
    [InlineData("en", "That is a stupid question.", FindingKinds.Rude)]
    [InlineData("es", "No sea usted estúpida.", FindingKinds.Rude)]
    [InlineData("fr", "C'est une question stupide.", FindingKinds.Rude)]
    [InlineData("de", "Das ist doch Schwachsinn.", FindingKinds.Rude)]
    [InlineData("ja", "それはばかげています。", FindingKinds.Rude)]
    [InlineData("en", "If you had read our page, you would know.", FindingKinds.Sarcasm)]
    [InlineData("es", "Como ya le dije, no se puede.", FindingKinds.Sarcasm)]
    [InlineData("fr", "Comme je vous l'ai déjà dit, non.", FindingKinds.Sarcasm)]
    [InlineData("de", "Wie bereits gesagt, geht das nicht.", FindingKinds.Sarcasm)]
    [InlineData("ja", "何度も申し上げておりますが、できません。", FindingKinds.Sarcasm)]
    [InlineData("ja", "できません！！！", FindingKinds.Shouting)]
    [InlineData("fr", "LISEZ NOTRE PAGE.", FindingKinds.Shouting)]
    [InlineData("en", "Sorry. We apologise. We are so sorry. It is on its way.", FindingKinds.Apologies)]
    [InlineData("de", "Entschuldigung, es tut uns leid, bitte entschuldigen Sie.", FindingKinds.Apologies)]
    [InlineData("ja", "申し訳ございません。お詫びいたします。すみません。", FindingKinds.Apologies)]
    public void BadTone_IsNamed(string language, string text, string kind) => Assert.Contains(kind, Kinds(new QualitySubject(text) { Language = language }));

    [Fact]
    public void SignOff_IsAskedForOnItsChannels()
    {
        var brand = new BrandVoice { SignOff = new Dictionary<string, string> { ["en"] = "Kind regards, Northwind" }.ToFrozen() };
        var gate = new QualityGate(Assistant.Rules with { Brand = brand });
        var mail = new QualitySubject("It is on its way.") { Language = "en", Channel = "email" };

        Assert.Contains(gate.Review(mail).Suggestions, suggestion => suggestion.Contains("Kind regards, Northwind", StringComparison.Ordinal));
        Assert.Empty(gate.Review(mail with { Text = "Hello,\n\nkind regards, Northwind" })["tone"].Findings);
        Assert.Empty(gate.Review(mail with { Channel = "chat" })["tone"].Findings);
    }
}
