namespace CustomerService.Language.Tests;

public sealed class LanguageIdentifierTests
{
    private static readonly ILanguageIdentifier Identifier = MessageUnderstanding.LoadShipped().Languages;

    [Theory]
    [InlineData("en", "I bought a coffee machine and the handle fell off after one day.")]
    [InlineData("en", "Do you deliver to small islands?")]
    [InlineData("en", "need my tracking number pls")]
    [InlineData("en", "The neighbours took the parcel but it was already open")]
    [InlineData("es", "Compré una cafetera y el asa se cayó al día siguiente.")]
    [InlineData("es", "¿Hacen entregas en las islas pequeñas?")]
    [InlineData("es", "quiero saber cuando me devuelven el dinero")]
    [InlineData("es", "Los vecinos recogieron el paquete, pero ya estaba abierto")]
    [InlineData("fr", "J'ai acheté une cafetière et la poignée est tombée le lendemain.")]
    [InlineData("fr", "Livrez-vous dans les petites îles ?")]
    [InlineData("fr", "je veux savoir quand je serai remboursé")]
    [InlineData("fr", "Les voisins ont pris le paquet, mais il était déjà ouvert")]
    [InlineData("de", "Ich habe eine Kaffeemaschine gekauft und der Griff ist am nächsten Tag abgefallen.")]
    [InlineData("de", "Liefern Sie auch auf kleine Inseln?")]
    [InlineData("de", "wann bekomme ich mein Geld zurück")]
    [InlineData("de", "Die Nachbarn haben das Paket angenommen, aber es war schon offen")]
    [InlineData("ja", "コーヒーメーカーを買いましたが、翌日に取っ手が取れました。")]
    [InlineData("ja", "返金はいつですか")]
    [InlineData("ja", "MacBook Proを返品したいです")]
    [InlineData("ja", "配送状況確認")]
    public void SentenceOutsideTheCorpus_IsTold(string language, string text) => Assert.Equal(language, Identifier.Identify(text).Language);

    [Theory]
    [InlineData("")]
    [InlineData("   \n")]
    [InlineData("12345 / 67")]
    [InlineData("😀😀")]
    [InlineData("ok")]
    [InlineData("no")]
    [InlineData("Где мой заказ?")]
    [InlineData("我的包裹在哪里?什么时候发货")]
    [InlineData("أين طلبي؟")]
    [InlineData("내 주문은 어디에 있나요?")]
    [InlineData("xqzt wvbk jjfp")]
    public void WhatCannotBeTold_IsUndetermined(string text) => Assert.Equal("und", Identifier.Identify(text).Language);

    [Fact]
    public void Confidence_IsAProbability() =>
        Assert.All(["", "hi", "Guten Tag, wie geht es Ihnen?", "注文"], text => Assert.InRange(Identifier.Identify(text).Confidence, 0, 1));
}
