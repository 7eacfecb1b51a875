using CustomerService.Integrations.Identity;
using CustomerService.Integrations.Orders;

namespace CustomerService.Integrations.Tests.Identity;

public sealed class CustomerProofTests
{
    private static readonly ShopCustomer Mei = Customer("Mei", "Kovács", "Mei.Kovacs8232@example.com", "28236");
    private static readonly ShopCustomer Anna = Customer("Anna Maria", "de la Cruz", "anna@example.co.uk", "SW1A 1AA");

    [Theory]
    [InlineData("I'm Mei Kovacs, zip 28236")]
    [InlineData("mei.kovacs8232@example.com 28236")]
    [InlineData("My email is MEI.KOVACS8232@EXAMPLE.COM. My zip code is 28236.")]
    [InlineData("mei kovacs 28236")]
    [InlineData("Mei Kovács, 28236-1234")]
    [InlineData("Hi, this is Mei Kovacs from Charlotte. Postcode: 28236")]
    [InlineData("where is my order #W2378156? my name is mei kovacs and my zip is 28236")]
    [InlineData("zip 28236 name: Mei Kovacs")]
    [InlineData("You can find me under Mei Kovacs; I live at 98612 Sunset Drive, Charlotte 28236")]
    [InlineData("Sure! 28236, and im mei kovacs")]
    [InlineData("28236\nMei Kovacs")]
    [InlineData("Mei Kovacs\nZip: 28236\nOrder: #W2378156")]
    public void DetailsInAMessage_ProveTheirOwner(string text)
    {
        var proof = CustomerProof.FindIn(text);

        Assert.True(proof.IsComplete);
        Assert.True(proof.Matches(Mei), $"{proof.Email} | {string.Join(", ", proof.PostalCodes)} | {string.Join(", ", proof.Names)}");
        Assert.False(proof.Matches(Anna));
    }

    [Theory]
    [InlineData("Me llamo Mei Kovacs, código postal 28236")]
    [InlineData("soy mei kovacs y mi código postal es 28236")]
    [InlineData("Mi correo es mei.kovacs8232@example.com y el CP 28236, gracias")]
    [InlineData("Je m’appelle Mei Kovács, code postal : 28236")]
    [InlineData("je suis Mei Kovacs et mon code postal est le 28236")]
    [InlineData("mail : mei.kovacs8232@example.com, cp 28236")]
    [InlineData("Ich heiße Mei Kovacs, meine Postleitzahl ist 28236")]
    [InlineData("Mein Name ist Mei Kovacs, PLZ 28236")]
    [InlineData("ich bin mei kovacs, plz 28236, bitte nachsehen")]
    [InlineData("メールはmei.kovacs8232@example.comで、郵便番号は28236です")]
    [InlineData("Mei Kovacsです。郵便番号は２８２３６です")]
    public void DetailsInFiveLanguages_ProveTheirOwner(string text)
    {
        var proof = CustomerProof.FindIn(text);

        Assert.True(proof.Matches(Mei), $"{proof.Email} | {string.Join(", ", proof.PostalCodes)} | {string.Join(", ", proof.Names)}");
        Assert.False(proof.Matches(Anna));
    }

    [Theory]
    [InlineData("山田太郎です。〒150-0001です。")]
    [InlineData("名前は山田 太郎、郵便番号は150-0001です")]
    [InlineData("山田太郎と申します。郵便番号１５０ー０００１")]
    [InlineData("太郎 山田 150-0001")]
    public void JapaneseNamesAndPostcodes_AreUnderstood(string text)
    {
        var taro = Customer("太郎", "山田", "taro@example.jp", "150-0001");

        Assert.True(CustomerProof.FindIn(text).Matches(taro), string.Join(", ", CustomerProof.FindIn(text).Names) + " | " + string.Join(", ", CustomerProof.FindIn(text).PostalCodes));
        Assert.False(CustomerProof.FindIn(text.Replace('郎', '良')).Matches(taro));
    }

    [Theory]
    [InlineData("I am Anna Maria de la Cruz and my postcode is sw1a1aa")]
    [InlineData("anna@example.co.uk, SW1A 1AA")]
    [InlineData("Anna Maria De La Cruz SW1A 1AA")]
    public void NamesOfSeveralWordsAndLetteredPostcodes_AreUnderstood(string text) =>
        Assert.True(CustomerProof.FindIn(text).Matches(Anna));

    [Theory]
    [InlineData("I'm Mei Kovacs")]
    [InlineData("my zip is 28236")]
    [InlineData("mei.kovacs8232@example.com")]
    [InlineData("#W2378156 28236")]
    [InlineData("mei 28236")]
    [InlineData("I am Mei Kovacs, zip 28237")]
    [InlineData("I am Max Kovacs, zip 28236")]
    [InlineData("mei.kovacs8233@example.com 28236")]
    [InlineData("")]
    public void OneDetailAlone_OrAWrongOne_ProvesNothing(string text) => Assert.False(CustomerProof.FindIn(text).Matches(Mei));

    [Fact]
    public void ListOfPostcodes_IsGuessingAndCountsAsNone()
    {
        var proof = CustomerProof.FindIn("I'm Mei Kovacs, zip is 28234 28235 28236");
        var announced = CustomerProof.FindIn("Mei Kovacs zip 28234 zip 28235 zip 28236");

        Assert.False(proof.Matches(Mei));
        Assert.False(announced.Matches(Mei));
    }

    [Fact]
    public void SeveralEmailAddresses_CountAsNone() =>
        Assert.Null(CustomerProof.FindIn("a@example.com or mei.kovacs8232@example.com, 28236").Email);

    [Fact]
    public void DetailsOfTwoMessages_AreJoined_AndNewerReplaceOlder()
    {
        var email = CustomerProof.FindIn("mei.kovacs8232@example.com");
        var wrong = CustomerProof.FindIn("zip 11111").After(email);
        var right = CustomerProof.FindIn("sorry, 28236").After(wrong);

        Assert.False(wrong.Matches(Mei));
        Assert.True(right.Matches(Mei));
        Assert.Equal("28236", Assert.Single(right.PostalCodes));
    }

    [Theory]
    [InlineData("Password Reset")]
    [InlineData("balance enquiry")]
    [InlineData("I'm really annoyed about the Blue Lamp")]
    [InlineData("this is ridiculous nonsense")]
    [InlineData("It's broken again")]
    public void TextThatIntroducesNobody_HoldsNoName(string text) => Assert.Empty(CustomerProof.FindIn(text).Names);

    [Theory]
    [InlineData("I'm Mei Kovacs", false)]
    [InlineData("my name is mei kovacs", false)]
    [InlineData("Name: Mei Kovacs", false)]
    [InlineData("mei kovacs", true)]
    [InlineData("Mei Kovacs.", true)]
    [InlineData("i am mei kovacs", true)]
    public void NameInAMessageOfItsOwn_JoinsThePostcodeSaidBefore(string text, bool asked) =>
        Assert.True(CustomerProof.FindIn(text, asked).After(CustomerProof.FindIn("zip 28236")).Matches(Mei));

    [Fact]
    public void EqualDetails_AreEqualProofs()
    {
        Assert.Equal(CustomerProof.Nothing, CustomerProof.FindIn("where is it?"));
        Assert.Equal(CustomerProof.FindIn("I'm Mei Kovacs, zip 28236"), CustomerProof.FindIn("I'm Mei Kovacs, zip 28236"));
        Assert.NotEqual(CustomerProof.FindIn("zip 28236"), CustomerProof.FindIn("zip 28237"));
    }

    [Fact]
    public void EmptyDetailsOnFile_AreNeverMatched()
    {
        var blank = Customer("", "", "", "");

        Assert.False(new CustomerProof("", [""], [""]).Matches(blank));
        Assert.False(new CustomerProof("@", ["28236"], ["- -"]).Matches(blank with { Address = Mei.Address }));
    }

    [Theory]
    [InlineData("\uD800 \0 \u200B")]
    [InlineData("@@@@@@....")]
    public void OddCharacters_AreBorne(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece + " I'm Mei\uD800 Kovacs 28236 ", 5_000));

        Assert.NotNull(CustomerProof.FindIn(text));
    }

    private static ShopCustomer Customer(string first, string last, string email, string postalCode) =>
        new("1", first, last, email, new Address("1 Road", null, "Town", null, postalCode, "X"), null, [], []);
}
