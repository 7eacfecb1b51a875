namespace CustomerService.Knowledge.Tests;

public sealed class TextTermsTests
{
    [Theory]
    [InlineData("en", "cancelled cancelling cancellation cancel cancels")]
    [InlineData("en", "returns returning returned return")]
    [InlineData("en", "delivery deliveries delivered deliver")]
    [InlineData("en", "refunds refundable refunded")]
    [InlineData("en", "Colour color colours")]
    [InlineData("es", "enviar envío enviado enviarme envíos")]
    [InlineData("es", "cancelar cancelación cancelado cancelarlo CANCELACIONES")]
    [InlineData("es", "devolución devolver devolverlos devoluciones")]
    [InlineData("es", "reembolso reembolsos reembolsar")]
    [InlineData("fr", "rembourser remboursement remboursé remboursée REMBOURSEZ")]
    [InlineData("fr", "annuler annulation annulé annulez")]
    [InlineData("fr", "livraison livré livrer livraisons")]
    [InlineData("fr", "échange échanger échangé")]
    [InlineData("fr", "envoi envoyer envoie envoyé envoyez")]
    [InlineData("fr", "retour retourner retourné retours")]
    [InlineData("fr", "vérifier vérification vérifiez")]
    [InlineData("fr", "disponible disponibilité disponibles")]
    [InlineData("fr", "déménage déménager déménagement")]
    [InlineData("fr", "choisi choisir choix choisissez")]
    [InlineData("de", "Lieferung liefern geliefert lieferungen")]
    [InlineData("de", "zurück zurueck ZURÜCK")]
    [InlineData("de", "Gutschein Gutscheine Gutscheinen")]
    [InlineData("de", "Bestellung bestellt bestellen Bestellungen")]
    [InlineData("ja", "キャンセル ｷｬﾝｾﾙ")]
    [InlineData("ja", "ＰａｙＰａｌ paypal")]
    public void FormsOfAWord_AreOneTerm(string language, string forms) =>
        Assert.Single(forms.Split(' ').Select(form => string.Join(' ', Words(form, language))).Distinct());

    [Theory]
    [InlineData("en", "order", "ordinary")]
    [InlineData("en", "address", "add")]
    [InlineData("es", "pago", "pasar")]
    [InlineData("fr", "compte", "commande")]
    [InlineData("fr", "partager", "partir")]
    [InlineData("de", "Konto", "Kosten")]
    [InlineData("ja", "返品", "返金")]
    public void DifferentWords_AreDifferentTerms(string language, string one, string other) =>
        Assert.Empty(Words(one, language).Intersect(Words(other, language)));

    [Theory]
    [InlineData("avoir", "comment utiliser mon avoir ?", "puis-je avoir une facture ?")]
    [InlineData("plait", "elle ne me plaît pas", "une facture, s'il vous plaît")]
    public void Filler_IsAWord_BehindTheWordsThatMakeItOne(string word, string meant, string filled)
    {
        Assert.Contains(word, Words(meant, "fr"));
        Assert.DoesNotContain(word, Words(filled, "fr"));
    }

    [Fact]
    public void Compound_SharesGramsWithItsParts() =>
        Assert.NotEmpty(Grams("Rücksendeetikett", "de").Intersect(Grams("Etikett", "de")));

    [Fact]
    public void TypingMistake_SharesMostGrams() =>
        Assert.True(Grams("pasword", "en").Intersect(Grams("password", "en")).Count() >= 3);

    [Fact]
    public void Japanese_IsReadByItsScripts()
    {
        Assert.Equal(["注文", "キャンセル"], Words("注文をキャンセルしたいです", "ja"));
        Assert.Equal(["配送", "送料"], Words("配送料はいくらですか", "ja"));
        Assert.DoesNotContain("です", Grams("注文です", "ja"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("?! … 😀 \0 \uD800")]
    [InlineData("the of and")]
    public void TextWithoutWords_HasNoTerms(string text) => Assert.Empty(TextTerms.Of(text, "en"));

    private static List<string> Words(string text, string language) => [.. TextTerms.Of(text, language).Where(term => !term.IsGram).Select(term => term.Text)];

    private static List<string> Grams(string text, string language) => [.. TextTerms.Of(text, language).Where(term => term.IsGram).Select(term => term.Text)];
}
