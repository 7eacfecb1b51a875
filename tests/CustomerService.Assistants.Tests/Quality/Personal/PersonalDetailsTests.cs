using CustomerService.Assistants.Models;
using CustomerService.Assistants.Quality.Personal;

namespace CustomerService.Assistants.Tests.Quality.Personal;

public sealed class PersonalDetailsTests
{
    [Theory]
    [InlineData("My card 4111-1111-1111-1111, my mail ann@shop.example.", "My card [card], my mail [email].")]
    [InlineData("カード番号は４１１１　１１１１　１１１１　１１１１です。", "カード番号は[card]です。")]
    [InlineData("card 4111\u200b1111\u200b1111\u200b1111 declined", "card [card] declined")]
    [InlineData("4️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣1️⃣ it is", "[card] it is")]
    [InlineData("four one one one, one one one one, one one one one, one one one one", "[card]")]
    [InlineData("Two cards: 4111 1111 1111 1111 and 5555 5555 5555 4444", "Two cards: [card] and [card]")]
    [InlineData("4111 1111 1111 1111 5555 5555 5555 4444", "[card] [card]")]
    [InlineData("4111 1111 1111 1111 12/27 123", "[card] 12/27 [secret]")]
    [InlineData("DE89370400440532013000 und +49 30 901820", "[iban] und [phone]")]
    [InlineData("ich wohne Lindenstraße 12, 10969 Berlin, Mobil 0151 23456789", "ich wohne [address], Mobil [phone]")]
    [InlineData("el cliente dejó el 688.21.43.09", "el cliente dejó el [phone]")]
    [InlineData("携帯は０９０ー１２３４ー５６７８です", "携帯は[phone]です")]
    [InlineData("es91 2100 0418 4502 0005 1332 is mine", "[iban] is mine")]
    [InlineData("my ni number is ab 12 34 56 c", "my ni number is [national id]")]
    [InlineData("nothing to see, order #W2378156", "nothing to see, order #W2378156")]
    public void Redact_PutsMarks_AndLeavesTheRest(string text, string redacted) => Assert.Equal(redacted, Redaction.Redact(text).Text);

    [Fact]
    public void RedactGuarded_KeepsWaysToReachSomebody()
    {
        var redacted = Redaction.RedactGuarded("Card 4111 1111 1111 1111, SSN 219-09-9999, password: Tr0ub4dor, mail ann@shop.example, call +1 303 555 0142.");

        Assert.Equal("Card [card], SSN [national id], password: [secret], mail ann@shop.example, call +1 303 555 0142.", redacted.Text);
        Assert.Equal(new[] { DetailKind.Card, DetailKind.NationalId, DetailKind.Secret }, redacted.Kinds.AsEnumerable());
    }

    [Theory]
    [InlineData("my card is 4111 1111", "1111 1111 thanks", "[card] thanks")]
    [InlineData("the first half is 4111 1111 of my card", "and the second is 1111 1111", "and the second is [card]")]
    [InlineData("IBAN DE89 3704 0044", "0532 0130 00", "[iban]")]
    [InlineData("SSN 219-09-", "9999", "[national id]")]
    [InlineData("order #W2378156 please", "1111 1111", "1111 1111")]
    [InlineData("最初の8桁は4111 1111です", "残りは1111 1111です", "残りは[card]です")]
    [InlineData("empieza por 4111 1111", "y termina en 1111 1111", "y termina en [card]")]
    [InlineData("die IBAN beginnt mit DE89 3704 0044", "und weiter geht es mit 0532 0130 00", "und weiter geht es mit [iban]")]
    [InlineData("vorne 4111 1111", "hinten 1111 1111", "hinten [card]")]
    [InlineData("4111 1111 1111 1111 is my card", "and the code is 734", "and the code is [secret]")]
    [InlineData("parcel 4111 1111 came", "and 1111 1111 too", "and 1111 1111 too")]
    [InlineData("my password is", "Blue!Kettle9", "[secret]")]
    [InlineData("the code you texted me is", "604417, thanks", "[secret], thanks")]
    [InlineData("my password does not work", "order W2378156", "order W2378156")]
    public void DetailSplitOverMessages_IsFoundInTheLast(string earlier, string text, string redacted) =>
        Assert.Equal(redacted, Redaction.Redact(text, [earlier]).Text);

    [Fact]
    public void RedactConversation_TakesBothHalves()
    {
        string[] texts = ["Order #W2378156, 2 items.", "my card is 4111 1111", "1111 1111 of course", "and 4012 8888 8888 1881"];

        Assert.Equal(["Order #W2378156, 2 items.", "my card is [card]", "[card] of course", "and [card]"], Redaction.RedactConversation(texts).AsEnumerable());
    }

    [Fact]
    public void Model_IsShownNoCard_AndTheRestAsItWas()
    {
        var data = new Dictionary<string, object?>
        {
            ["message"] = "1111 1111, and write to ann@shop.example",
            ["conversation"] = new List<object?> { new Dictionary<string, object?> { ["from"] = "customer", ["text"] = "my card: 4111 1111" } },
            ["sources"] = new List<object?> { "Call +1 303 555 0142" },
            ["confidence"] = 0.5,
        };

        var shown = PlainJson.Write(ModelView.Of(data));

        Assert.Equal("""{"message":"[card], and write to ann@shop.example","conversation":[{"from":"customer","text":"my card: [card]"}],"sources":["Call +1 303 555 0142"],"confidence":0.5}""", shown);
    }

    [Fact]
    public void PlaceOfADetail_IsItsPlaceInTheOriginal()
    {
        const string text = "😀 ｔｅｌ：０９０\u200b-１２３４-５６７８ です";

        var detail = Assert.Single(PersonalDetails.FindIn(text));

        Assert.Equal("０９０\u200b-１２３４-５６７８", text.Substring(detail.Start, detail.Length));
        Assert.Equal("09012345678", detail.Value);
    }

    [Theory]
    [InlineData("12345678Z", true)]
    [InlineData("12345678A", false)]
    [InlineData("X1234567L", true)]
    [InlineData("X1234567A", false)]
    [InlineData("2 69 05 49 588 157 80", true)]
    [InlineData("2 69 05 49 588 157 81", false)]
    [InlineData("1 85 05 2A 588 157 59", true)]
    [InlineData("86 095 742 719", true)]
    [InlineData("86 095 742 718", false)]
    [InlineData("1234 5678 9018", true)]
    [InlineData("1234 5678 9017", false)]
    [InlineData("65 170839 J 003", true)]
    [InlineData("65 170839 J 004", false)]
    [InlineData("AB 12 34 56 C", true)]
    [InlineData("QQ 12 34 56 C", false)]
    [InlineData("219-09-9999", true)]
    [InlineData("666-09-9999", false)]
    [InlineData("900-09-9999", false)]
    public void NationalId_HasToPassItsCheck(string text, bool isId) =>
        Assert.Equal(isId, PersonalDetails.FindIn(text).Any(detail => detail.Kind == DetailKind.NationalId));

    [Fact]
    public void AnyText_IsReadWithoutAFault_AndMarksFit()
    {
        var random = new Random(11);
        string[] pieces = ["4111 ", "1111", " ", "-", "\u200b", "😀", "\ud835", "DE89", "calle ", "Mayor 3", "@", " at ", " dot com", "〒100-0001東京都", "password is ", "+", "0", "９", "four ", "one ", "\n", "一", "12 rue de ", "str. 5"];
        for (var i = 0; i < 5_000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(14)).Select(_ => pieces[random.Next(pieces.Length)]));
            foreach (var detail in PersonalDetails.FindIn(text, [text]))
                Assert.True(detail.Start >= 0 && detail.Length > 0 && detail.Start + detail.Length <= text.Length, text);
            Redaction.Redact(text, [text]);
        }
    }
}
