using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Tests.Support;

namespace CustomerService.Assistants.Tests.Quality;

/// <summary>What an answer claims has to be in its sources, by value and whatever the two languages are.</summary>
public sealed class ClaimTests
{
    private static readonly QualityGate Gate = new(Assistant.Rules);

    private static QualityCheck Accuracy(string text, params string[] sources) => Gate.Review(new QualitySubject(text) { Sources = [.. sources] })["accuracy"];

    [Theory]
    [InlineData("The total is $1,234.56.", "El total es de 1.234,56 $.")]
    [InlineData("Le total est de 1 234,56 €.", "The total is €1,234.56.")]
    [InlineData("Le total est de 1\u202f234,56 €.", "The total is 1,234.56 EUR.")]
    [InlineData("Es sind 14.380,00 €.", "The total is €14,380.00.")]
    [InlineData("合計は4,999円です。", "The total is ¥4999.")]
    [InlineData("合計は1万2,000円です。", "The total is ¥12,000.")]
    [InlineData("送料は490円です。", "Shipping is 490 yen.")]
    [InlineData("Das kostet 49,90 Euro.", "It costs €49.90.")]
    [InlineData("Son 49,90 dólares.", "It costs $49.90.")]
    [InlineData("ギフトカードの残高は25ドルです。", "The balance is $25.00.")]
    [InlineData("Wir erstatten in 5 bis 7 Werktagen.", "We refund within 5 to 7 business days.")]
    [InlineData("Nous remboursons sous 5 à 7 jours ouvrables.", "We refund within 5 to 7 business days.")]
    [InlineData("Devolvemos el dinero en 5 a 7 días hábiles.", "We refund within 5-7 business days.")]
    [InlineData("5～7営業日で返金します。", "We refund within 5 to 7 business days.")]
    [InlineData("七営業日以内に返金します。", "We refund within 7 business days.")]
    [InlineData("Puede devolverlo en treinta días.", "You can return it within 30 days.")]
    [InlineData("30日以内に返品できます。", "You can return it within 30 days.")]
    [InlineData("Vous avez deux semaines.", "You have 2 weeks.")]
    [InlineData("Es gibt 20 % Rabatt.", "20 percent off.")]
    [InlineData("Hay un 20 por ciento de descuento.", "20% off")]
    [InlineData("20パーセント引きです。", "20% off")]
    [InlineData("The sale ends on December 24, 2026.", "The sale ends on 2026-12-24.")]
    [InlineData("La promoción acaba el 24 de diciembre de 2026.", "2026-12-24")]
    [InlineData("L'offre finit le 24 décembre.", "The sale ends on 24 December 2026.")]
    [InlineData("Die Aktion endet am 24.12.2026.", "The sale ends on Dec 24, 2026.")]
    [InlineData("セールは2026年12月24日までです。", "The sale ends on 12/24/2026.")]
    [InlineData("L'offre commence le 1er janvier 2027.", "It starts on January 1st, 2027.")]
    [InlineData("注文W2378156は見つかりました。", "#W2378156")]
    [InlineData("La devolución es gratuita.", "Returns are free.")]
    [InlineData("Your order has been delivered.", "delivered")]
    [InlineData("Ihre Bestellung wurde zugestellt.", "{\"status\":\"delivered\"}")]
    [InlineData("ご注文の商品は準備中です。", "pending (item modified)")]
    [InlineData("Once your order has been delivered, you can return it.", "You can return what you do not like.")]
    [InlineData("Sobald das Paket angekommen ist, melden Sie sich.", "Bitte melden Sie sich danach.")]
    public void ClaimThatASourceBearsOut_Passes(string text, string source) => Assert.Empty(Accuracy(text, source).Findings);

    [Theory]
    [InlineData("El total es de 1.234,57 $.", "The total is $1,234.56.", "1234.57")]
    [InlineData("Le total est de 1 324,56 €.", "The total is €1,234.56.", "1324.56")]
    [InlineData("Es kostet 49,90 €.", "It costs $49.90.", "49.9 EUR")]
    [InlineData("合計は4,989円です。", "The total is ¥4,999.", "4989")]
    [InlineData("Sie haben 60 Tage.", "You have 30 days.", "60 day")]
    [InlineData("We refund within 7 days.", "We refund within 7 business days.", "7 day")]
    [InlineData("Nous remboursons sous 10 jours ouvrés.", "We refund within 5 to 7 business days.", "10 business day")]
    [InlineData("14日以内に返品できます。", "You can return it within 30 days.", "14 day")]
    [InlineData("Puede devolverlo en sesenta días.", "You can return it within 30 days.", "60 day")]
    [InlineData("Hay un 25 % de descuento.", "20% off", "25 %")]
    [InlineData("La promoción acaba el 26 de diciembre.", "The sale ends on 2026-12-24.", "--12-26")]
    [InlineData("セールは12月25日までです。", "The sale ends on 2026-12-24.", "--12-25")]
    [InlineData("Die Aktion endet am 24.11.2026.", "The sale ends on 2026-12-24.", "2026-11-24")]
    [InlineData("ご注文W7654321が見つかりました。", "#W2378156", "W7654321")]
    [InlineData("Le retour est gratuit.", "A return costs $4.90.", "free of charge")]
    [InlineData("Your order has been delivered.", "pending", "been delivered")]
    [InlineData("Su pedido ha sido entregado.", "{\"status\": \"processed\"}", "ha sido entregado")]
    [InlineData("Votre commande a été annulée, le colis est en route.", "cancelled", "est en route")]
    [InlineData("Ihr Paket ist unterwegs.", "You can follow your order's status in your account.", "ist unterwegs")]
    [InlineData("ご注文はキャンセルされました。", "delivered", "キャンセルされました")]
    public void ClaimWithoutASource_IsNamed_AndNotSent(string text, string source, string claim)
    {
        var review = Gate.Review(new QualitySubject(text) { Sources = [source] });

        Assert.False(review.Passed);
        Assert.Contains(review["accuracy"].Findings, finding => finding.Issue.Contains(claim, StringComparison.Ordinal));
    }

    [Fact]
    public void SuggestionForAClaim_SaysWhatTheSourcesSay() =>
        Assert.Contains(
            Gate.Review(new QualitySubject("You have 60 days.") { Sources = ["You can return it within 30 days."] }).Suggestions,
            suggestion => suggestion.Contains("30 day", StringComparison.Ordinal));
}
