namespace CustomerService.Language.Tests;

public sealed class LexiconTests
{
    [Theory]
    [InlineData("great", "words.txt, line 2: 'great'")]
    [InlineData("great much", "words.txt, line 2: 'great much'")]
    [InlineData("great 3", "words.txt, line 2: 'great 3'")]
    [InlineData("one two three four five 0.5", "words.txt, line 2: 'one two three four five 0.5'")]
    [InlineData("! no way", "words.txt, line 2: '! no way'")]
    public void EntryThatMakesNoSense_IsNamed(string entry, string error) =>
        Assert.StartsWith(error, Assert.Throws<InvalidDataException>(() => Lexicon.Parse(new StringReader("# words\n" + entry + "\n"), "words.txt")).Message, StringComparison.Ordinal);

    [Fact]
    public void TheSameEntryTwice_IsNamed() =>
        Assert.Throws<InvalidDataException>(() => Lexicon.Parse(new StringReader("good 0.5\ngood 0.7\n"), "words.txt"));
}
