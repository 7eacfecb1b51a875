using CustomerService.Assistants.Quality;
using CustomerService.Assistants.Tests.Support;

namespace CustomerService.Assistants.Tests.Quality;

public sealed class QualityGateTests
{
    private const string Article =
        "Returns are free within 30 days of delivery. We refund within 5 to 7 business days. Standard shipping costs $4.90, and is free from $1,250. "
        + "Call +1 303 555 0142 or write to help@shop.example. See https://shop.example/returns. The sale ends on 2026-12-24.";

    private static readonly QualityGate Gate = new(Assistant.Rules);

    private static QualitySubject Subject(string text) => new(text) { Sources = [Article], Intent = "return_policy", AnsweredIntents = ["return_policy"] };

    [Theory]
    [InlineData("You can return it within 30 days of delivery, free of charge.")]
    [InlineData("We refund within 5 to 7 business days.")]
    [InlineData("It takes five to seven business days.")]
    [InlineData("Shipping costs $4.90; from $1250.00 it is free.")]
    [InlineData("Write to HELP@shop.example or call +1 (303) 555-0142.")]
    [InlineData("See https://shop.example/returns.")]
    [InlineData("The sale ends on 2026-12-24.")]
    [InlineData("1. Open the page.\n2. Choose the item.\n3. Print the label.")]
    [InlineData("There is one thing to know: returns are free.")]
    [InlineData("Please see our FAQ, or ask for the PDF.")]
    [InlineData("You can choose a 30-day return.")]
    public void GoodAnswer_Passes(string text)
    {
        var review = Gate.Review(Subject(text));

        Assert.Empty(review.Issues);
        Assert.True(review.Passed);
        Assert.Equal(1, review.Score);
    }

    [Theory]
    [InlineData("Your card 4111 1111 1111 1111 was charged.", "card number")]
    [InlineData("Your card 4111-1111-1111-1111 was charged.", "card number")]
    [InlineData("Your card 378282246310005 was charged.", "card number")]
    [InlineData("Your card ４１１１１１１１１１１１１１１１ was charged.", "card number")]
    [InlineData("Your card 4111\u200b1111\u200b1111\u200b1111 was charged.", "card number")]
    [InlineData("Your card \u0664\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661\u0661 was charged.", "card number")]
    [InlineData("Your card 4111\u00ad1111\u00a01111\u20131111 was charged.", "card number")]
    [InlineData("It went to DE89 3704 0044 0532 0130 00.", "IBAN")]
    [InlineData("It went to gb82west12345698765432.", "IBAN")]
    [InlineData("Your number is 123-45-6789.", "social security number")]
    [InlineData("Your SSN 123456789 is on file.", "social security number")]
    [InlineData("Write to omar.diaz@example.com.", "e-mail address")]
    [InlineData("Write to omar.diaz＠example.com.", "e-mail address")]
    [InlineData("Call Omar at (214) 555-0199.", "telephone number")]
    [InlineData("Call +49 30 901820.", "telephone number")]
    public void PersonalDetail_Fails_WhateverTheMean(string text, string kind)
    {
        var review = Gate.Review(new QualitySubject(text) { Sources = [Article] });

        Assert.False(review.Passed);
        Assert.Equal(0, review["compliance"].Score);
        Assert.Contains(review.Issues, issue => issue.Contains(kind, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Your card 4111 1111 1111 1112 was charged.")] // wrong check digit
    [InlineData("The number is 9999 9999 9999 9995.")] // no issuer
    [InlineData("It went to DE88 3704 0044 0532 0130 00.")] // wrong remainder
    [InlineData("The number is 666-45-6789.")] // never given out
    [InlineData("Tracking number: 357962501027")]
    [InlineData("Your order #W2378156 is on its way.")]
    [InlineData("Follow us @shop for news.")]
    public void LookAlike_IsNoPersonalDetail(string text) =>
        Assert.Equal(1, Gate.Review(new QualitySubject(text))["compliance"].Score);

    [Fact]
    public void OwnDetails_MayBeShown_ACardNever()
    {
        var mail = new QualitySubject("We wrote to lena.berg@example.com.") { OwnDetails = ["Lena.Berg@example.com"] };
        Assert.True(Gate.Review(mail).Passed);

        // A tracking number that happens to look like a card's.
        var tracking = new QualitySubject("Tracking number: 4111111111111111") { OwnDetails = ["4111111111111111"], Sources = ["4111111111111111"] };
        Assert.True(Gate.Review(tracking).Passed);

        var card = new QualitySubject("Your card 4111 1111 1111 1111.") { OwnDetails = ["lena.berg@example.com"], Sources = ["4111 1111 1111 1111"] };
        Assert.False(Gate.Review(card).Passed);
    }

    [Theory]
    [InlineData("Shipping costs $5.90.", "5.9")]
    [InlineData("You get $200 back.", "200")]
    [InlineData("Returns are free within 60 days.", "60 day")]
    [InlineData("We refund within ten business days.", "10 business day")]
    [InlineData("Returns are free within 30 weeks.", "30 week")]
    [InlineData("Returns are free within ３１ days.", "31 day")]
    [InlineData("The sale ends on 2026-12-31.", "2026-12-31")]
    [InlineData("See https://shop.example.evil.test/returns.", "shop.example.evil.test")]
    [InlineData("See www.other.example for more.", "www.other.example")]
    [InlineData("Your order #W7654321 was found.", "W7654321")]
    [InlineData("You get 20% off.", "20 %")]
    public void FactWithoutSource_Fails(string text, string fact)
    {
        var review = Gate.Review(Subject(text));

        Assert.False(review.Passed);
        Assert.Contains(review.Issues, issue => issue.Contains(fact, StringComparison.Ordinal));
    }

    [Fact]
    public void AmountFromTheCustomersMessage_IsNoSource_AnOrderNumberIs()
    {
        var amount = Subject("You get $500 back.") with { CustomerMessage = "You owe me $500!" };
        Assert.False(Gate.Review(amount).Passed);

        var order = Subject("I can't find #W9999999 among your orders.") with { CustomerMessage = "where is #w9999999" };
        Assert.True(Gate.Review(order).Passed);
    }

    [Fact]
    public void AnswerToAnotherQuestion_Fails()
    {
        var review = Gate.Review(Subject("You can return it within 30 days.") with { Intent = "password_reset" });

        Assert.False(review.Passed);
        Assert.Contains(review.Issues, issue => issue.Contains("password_reset", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("That is a stupid question.", "stupid")]
    [InlineData("This is FOR INTERNAL USE ONLY.", "internal use only")]
    [InlineData("Shut up.", "shut up")]
    [InlineData("It is s\u200btupid.", "stupid")]
    [InlineData("", "says nothing")]
    public void RudeOrProhibited_Fails(string text, string issue)
    {
        var review = Gate.Review(new QualitySubject(text));

        Assert.False(review.Passed);
        Assert.Contains(review.Issues, found => found.Contains(issue, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("We guarantee that it arrives.")]
    [InlineData("READ THE article, PLEASE.")]
    [InlineData("It arrives soon!!!")]
    public void PromiseOrShouting_Fails(string text) => Assert.False(Gate.Review(new QualitySubject(text)).Passed);

    [Fact]
    public void WordWithinAWord_IsNotThatWord() => Assert.Empty(Gate.Review(new QualitySubject("Scrapbooks and dumbbells are in stock.")).Issues);

    [Fact]
    public void UpsetCustomer_CheerfulAnswerFails_UnderstandingOnePasses()
    {
        var upset = new QualitySubject("Great news, awesome! Returns are free.") { CustomerSentiment = -0.7 };
        Assert.False(Gate.Review(upset).Passed);

        var calm = upset with { Text = "I am sorry for the trouble. Returns are free." };
        Assert.Empty(Gate.Review(calm).Issues);

        var cold = Gate.Review(upset with { Text = "Returns are free." });
        Assert.True(cold.Passed);
        Assert.NotEmpty(cold.Suggestions);
    }

    [Fact]
    public void OffBrandWord_CountsOnlyWithBrandGuidelines()
    {
        var subject = new QualitySubject("We will send it ASAP.");

        Assert.NotEmpty(Gate.Review(subject).Issues);
        Assert.Empty(Gate.Review(subject with { BrandGuidelines = false }).Issues);
    }

    [Fact]
    public void Score_IsTheMeanOfTheChecks()
    {
        var review = Gate.Review(new QualitySubject("We will send it ASAP."));

        Assert.Equal(["compliance", "tone", "accuracy"], review.Checks.Select(check => check.Name));
        Assert.Equal(Math.Round(review.Checks.Average(check => check.Score), 4), review.Score);
        Assert.True(review.Passed);
    }

    [Fact]
    public void AnyText_IsReviewedWithoutAFault()
    {
        var random = new Random(7);
        const string alphabet = "0123456789 -.,:#@$€%/()ABZaz\u200b\u0664\ud835\udfce\ud800\n\0httpsw";
        for (var i = 0; i < 20_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => alphabet[random.Next(alphabet.Length)]));
            var review = Gate.Review(new QualitySubject(text) { Sources = [text] });
            Assert.InRange(review.Score, 0, 1);
        }
    }
}
