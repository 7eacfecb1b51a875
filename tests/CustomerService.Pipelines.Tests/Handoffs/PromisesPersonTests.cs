using CustomerService.Pipelines.Handoffs;

namespace CustomerService.Pipelines.Tests.Handoffs;

public sealed class PromisesPersonTests
{
    [Theory]
    [InlineData("Thank you. I'm transferring you to a colleague now.")]
    [InlineData("I will connect you with our returns team")]
    [InlineData("You are being transferred to a human agent. Please hold on.")]
    [InlineData("A colleague will take over and look at the damage.")]
    [InlineData("Le paso con un compañero que puede ayudarle.")]
    [InlineData("Nuestro equipo le contactará en breve.")]
    [InlineData("Je vous mets en relation avec un conseiller.")]
    [InlineData("Un de nos conseillers va vous répondre.")]
    [InlineData("Ich verbinde Sie mit einer Kollegin.")]
    [InlineData("Ein Mitarbeiter meldet sich gleich bei Ihnen.")]
    [InlineData("担当者におつなぎいたします。少々お待ちください。")]
    public void Announced_transfer_is_a_promise(string text) => Assert.True(PromisesPerson.In(text));

    [Theory]
    [InlineData("")]
    [InlineData("If the email does not arrive, write back here and I will bring in a colleague.")]
    [InlineData("Would you like me to connect you with a colleague?")]
    [InlineData("I can bring in a colleague who looks into it.")]
    [InlineData("The carrier will contact you before delivery.")]
    [InlineData("Si no llega, escríbame y le paso con un compañero.")]
    [InlineData("¿Quiere que le pase con un agente?")]
    [InlineData("Si cela ne suffit pas, je vous mets en relation avec un collègue.")]
    [InlineData("Wenn das nicht hilft, verbinde ich Sie mit einem Kollegen.")]
    [InlineData("解決しない場合は、担当者におつなぎいたします。")]
    [InlineData("リンクが使えない場合は、こちらにご返信ください。担当者におつなぎします。")]
    [InlineData("Wenn das nicht weiterhilft, schreiben Sie zurück. Dann verbinde ich Sie mit einer Kollegin.")]
    public void Offer_or_condition_is_none(string text) => Assert.False(PromisesPerson.In(text));
}
