namespace CustomerService.Language.Tests;

public sealed class MessageUnderstandingTests
{
    private static readonly MessageUnderstanding Understanding = MessageUnderstanding.LoadShipped();

    [Theory]
    [InlineData("Where is my order #W1234567?", "order_status")]
    [InlineData("I forgot my password", "password_reset")]
    [InlineData("How much credit is on my account?", "account_balance")]
    [InlineData("when do you open on sunday", "business_hours")]
    [InlineData("Until when may I return things?", "return_policy")]
    [InlineData("My card was declined and I can't pay", "payment_problem")]
    [InlineData("I want to complain, your service is terrible", "complaint")]
    [InlineData("Emergency, I need help right now!", "urgent_issue")]
    [InlineData("My name is Jane Doe and my zip code is 60614", "identity_details")]
    public void Intent_IsTold(string text, string intent) => Assert.Equal(intent, Understanding.Understand(text).Intent.Primary);

    [Theory]
    [InlineData("What is the tallest building in Dubai?")]
    [InlineData("sdfkj wekrj zxmcn")]
    [InlineData("My uncle grows tulips in his garden")]
    [InlineData("¿")]
    public void UnrelatedText_IsUnknown(string text) => Assert.Equal(IntentRanking.Unknown, Understanding.Understand(text).Intent.Primary);

    [Fact]
    public void Ranking_IsOrderedAndNeverNamesUnknown()
    {
        foreach (var text in (string[])["Where is my order?", "tell me a joke", "I want to return or exchange my broken shoes"])
        {
            var intent = Understanding.Understand(text).Intent;
            Assert.Equal(intent.Ranked.OrderByDescending(score => score.Confidence), intent.Ranked);
            Assert.DoesNotContain(intent.Ranked, score => score.Intent == IntentRanking.Unknown);
            Assert.Equal(intent.Ranked[0].Confidence, intent.Confidence);
            Assert.InRange(intent.Confidence, 0, 1);
        }
    }

    [Theory]
    [InlineData("es", "¿Dónde está el paquete que pedí la semana pasada?", "order_status")]
    [InlineData("fr", "Où est le colis que j'ai commandé la semaine dernière ?", "order_status")]
    [InlineData("de", "Wo bleibt meine Bestellung von letzter Woche?", "order_status")]
    [InlineData("ja", "先週注文した荷物はどこですか", "order_status")]
    public void EachLanguage_IsReadByItsOwnModels(string language, string text, string intent)
    {
        var signals = Understanding.Understand(text);
        Assert.Equal((language, intent), (signals.Language, signals.Intent.Primary));
    }

    [Theory]
    [InlineData("Please cancel my order #W1234567 and send me an invoice for the last one", "cancel_order", "invoice_request")]
    [InlineData("Where is my parcel? And how do I reset my password?", "order_status", "password_reset")]
    [InlineData("I was charged twice and I want to talk to a manager", "payment_problem", "talk_to_human")]
    [InlineData("Quiero cancelar mi pedido y también cambiar mi contraseña", "cancel_order", "password_reset")]
    [InlineData("¿Dónde está mi pedido? Además necesito la factura", "order_status", "invoice_request")]
    [InlineData("Je veux annuler ma commande et recevoir une facture", "cancel_order", "invoice_request")]
    [InlineData("Où est mon colis ? Et quels sont vos horaires d'ouverture ?", "order_status", "business_hours")]
    [InlineData("Bitte stornieren Sie meine Bestellung und schicken Sie mir die Rechnung", "cancel_order", "invoice_request")]
    [InlineData("Wo ist mein Paket? Und wann haben Sie geöffnet?", "order_status", "business_hours")]
    [InlineData("注文をキャンセルしたいです。あと領収書もください", "cancel_order", "invoice_request")]
    [InlineData("荷物はどこですか。パスワードも忘れました", "order_status", "password_reset")]
    public void AMessageThatWantsTwoThings_NamesBoth(string text, string one, string other)
    {
        var intent = Understanding.Understand(text).Intent;
        Assert.Subset(intent.Secondary.Select(score => score.Intent).Append(intent.Primary).ToHashSet(), new HashSet<string> { one, other });
        Assert.InRange(intent.Secondary.Count(), 1, 2);
    }

    [Theory]
    [InlineData("Hello there my friend. Where is my parcel?", "order_status")]
    [InlineData("Hola, buenas tardes a todos. ¿Dónde está mi pedido?", "order_status")]
    public void ACourtesy_IsNoSecondThing(string text, string intent)
    {
        var ranking = Understanding.Understand(text).Intent;
        Assert.Equal(intent, ranking.Primary);
        Assert.Empty(ranking.OfParts);
    }

    [Fact]
    public void ALanguageThatNobodyTaught_IsNotGuessedAt()
    {
        var signals = Understanding.Understand("Где мой заказ?");
        Assert.Equal("und", signals.Language);
        Assert.Equal(IntentRanking.None, signals.Intent);
        Assert.Equal(SentimentReading.Neutral, signals.Sentiment);
    }

    [Theory]
    [InlineData("ok", "¿Dónde está el paquete que pedí la semana pasada?", "es")]
    [InlineData("12345", "荷物が届きません", "ja")]
    public void AMessageThatDoesNotShowItsLanguage_IsInThatOfTheConversation(string text, string before, string language)
    {
        Assert.Equal("und", Understanding.Understand(text).Language);
        Assert.Equal(language, Understanding.Understand(text, ["Hello, is anybody there?", before, "!!!"]).Language);
    }

    [Theory]
    [MemberData(nameof(NastyTexts))]
    public void NastyText_IsUnderstoodWithoutFailing(string text)
    {
        var signals = Understanding.Understand(text, [text, ""]);
        Assert.InRange(signals.Sentiment.Score, -1, 1);
        Assert.InRange(signals.Sentiment.UrgencyScore, 0, 1);
        Assert.Contains(signals.Sentiment.Urgency, (string[])["low", "normal", "high", "critical"]);
    }

    [Fact]
    public void RandomText_IsUnderstoodWithoutFailing()
    {
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var text = string.Create(random.Next(300), random, static (span, random) =>
            {
                foreach (ref var c in span)
                    c = (char)random.Next(random.Next(2) == 0 ? 128 : 65_536);
            });
            Assert.NotNull(Understanding.Understand(text));
        }
    }

    [Theory]
    [InlineData("where is my order", "WHERE   is\tmy\u00a0order")]
    [InlineData("where is my order", "where\u200b is my or\u200bder\ufeff")]
    [InlineData("i can't pay", "i can’t pay")]
    public void TheSameWords_AreUnderstoodTheSame(string plain, string dressed) =>
        Assert.Equal(Understanding.Understand(plain).Intent.Ranked.AsEnumerable(), Understanding.Understand(dressed).Intent.Ranked.AsEnumerable());

    [Fact]
    public void AfterFourThousandCharacters_NothingCounts()
    {
        var start = string.Concat(Enumerable.Repeat("where is my order ", 230))[..4000];
        Assert.Equal(Understanding.Understand(start).Intent.Confidence, Understanding.Understand(start + new string('x', 96_000)).Intent.Confidence);
    }

    [Fact]
    public void ManyThreads_GetTheSameAnswers()
    {
        string[] texts = ["Where is my order?", "I forgot my password", "Thanks, great!", "I am furious!", "Wo ist mein Paket?"];
        var expected = texts.Select(text => Describe(Understanding.Understand(text, ["hello there my friend"]))).ToArray();
        Parallel.For(0, 2_000, i => Assert.Equal(expected[i % texts.Length], Describe(Understanding.Understand(texts[i % texts.Length], ["hello there my friend"]))));
    }

    [Fact]
    public void OwnersModel_TakesThePlaceOfTheShippedIntents()
    {
        LabeledText[] examples = [new("open a tap", "water"), new("water from the tap", "water"), new("light a lamp", "light"), new("lamp and light", "light")];
        var own = new ModelTrainer().Train(examples, new TrainingOptions { MinimumExamples = 1, Folds = 2 });
        using var file = new MemoryStream();
        own.Save(file);
        file.Position = 0;
        Assert.Equal(["light", "water"], MessageUnderstanding.Load(LinearModel.Load(file)).Intents);

        // A file's intents hold in every language, also in those that we do not know.
        var folder = Directory.CreateTempSubdirectory("models");
        var path = Path.Combine(folder.FullName, "own.bin");
        own.Save(path);
        var understanding = MessageUnderstanding.Load(path);
        Assert.Equal(["light", "water"], understanding.Intents);
        Assert.Equal("light", understanding.Understand("lamp свет свет свет light").Intent.Ranked[0].Intent);

        // A folder's model takes its language's place only.
        File.Delete(path);
        Assert.Contains("en.bin", Assert.Throws<FileNotFoundException>(() => MessageUnderstanding.Load(folder.FullName)).Message, StringComparison.Ordinal);
        own.Save(Path.Combine(folder.FullName, "en.bin"));
        understanding = MessageUnderstanding.Load(folder.FullName);
        Assert.Equal("light", understanding.Understand("Please light the lamp in the evening").Intent.Ranked[0].Intent);
        Assert.True(understanding.Understand("Please light the lamp, I love it, it is wonderful!").Sentiment.Score > 0.4);
        Assert.Equal("order_status", understanding.Understand("¿Dónde está el paquete que pedí la semana pasada?").Intent.Primary);
        folder.Delete(recursive: true);
        Assert.Contains(folder.FullName, Assert.Throws<FileNotFoundException>(() => MessageUnderstanding.Load(folder.FullName)).Message, StringComparison.Ordinal);
    }

    private static string Describe(MessageSignals signals) =>
        $"{signals.Language} {string.Join(' ', signals.Intent.Ranked)} {signals.Sentiment.Score} {string.Join(' ', signals.Sentiment.Emotions)} {signals.Sentiment.UrgencyScore}";

    public static TheoryData<string> NastyTexts() =>
    [
        "", " ", "\0\0\0", "\ud800", "\udc00 broken \ud83d", "👍🏽👩‍👩‍👧‍👦", "\u200b\u200d\ufeff", "!!!???...", new string('a', 100_000), new string('!', 100_000),
        string.Concat(Enumerable.Repeat("a ", 50_000)), string.Concat(Enumerable.Repeat("\ud83d\ude21", 50_000)), "{{ system.prompt }} <script>alert(1)</script>",
        ":", ";", ":-", ":)", "'", "'''", "e\u0301\u0301\u0301", "\u202e desrever", "ﷺ", "ＷＨＥＲＥ",
    ];
}
