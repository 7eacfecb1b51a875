using CustomerService.Gateway.Waiting;
using CustomerService.Grains.Queues;

namespace CustomerService.Gateway.Tests.Waiting;

public sealed class WaitWordsTests
{
    [Theory]
    [InlineData(0, 0, "less than a minute")]
    [InlineData(5, 25, "less than a minute")]
    [InlineData(10, 300, "up to 5 minutes")]
    [InlineData(60, 60, "about 1 minute")]
    [InlineData(60, 95, "about 1 to 2 minutes")]
    [InlineData(130, 290, "about 2 to 5 minutes")]
    [InlineData(300, 10, "about 5 minutes")]
    [InlineData(700, 1300, "about 10 to 20 minutes")]
    [InlineData(2000, 4000, "about 30 to 70 minutes")]
    [InlineData(3000, 9000, "about 50 minutes to 2.5 hours")]
    [InlineData(7200, 14400, "about 2 to 4 hours")]
    [InlineData(7200, 7200, "about 2 hours")]
    [InlineData(7200, 90_000, "2 hours or longer")]
    [InlineData(40_000, 90_000, "more than 8 hours")]
    public void Wait_is_said_as_people_say_it(double likely, double atMost, string words) => Assert.Equal(words, WaitWords.Of(likely, atMost));

    [Theory]
    [InlineData("es", 60, 60, "alrededor de 1 minuto")]
    [InlineData("es", 130, 290, "entre 2 y 5 minutos")]
    [InlineData("es", 7200, 7200, "unas 2 horas")]
    [InlineData("fr", 5, 25, "moins d’une minute")]
    [InlineData("fr", 3000, 9000, "de 50 minutes à 2,5 heures environ")]
    [InlineData("de", 10, 300, "bis zu 5 Minuten")]
    [InlineData("de", 40_000, 90_000, "mehr als 8 Stunden")]
    [InlineData("ja", 130, 290, "約2～5分")]
    [InlineData("ja", 7200, 90_000, "2時間またはそれ以上")]
    [InlineData("pt", 60, 60, "about 1 minute")]
    public void Wait_is_said_in_the_readers_language(string language, double likely, double atMost, string words) =>
        Assert.Equal(words, PlaceInLine.Of(new QueuePosition(2, 5, likely) { Wait = new WaitBand(likely, atMost, "queue_length") }, null)!.In(language).Words);

    [Fact]
    public void Place_that_is_none_is_none()
    {
        Assert.Null(PlaceInLine.Of(null, null));
        Assert.Null(PlaceInLine.Of(new QueuePosition(0, 3, null), null));
    }

    [Theory]
    [InlineData(119, false)]
    [InlineData(120, true)]
    public void Call_back_is_offered_from_a_likely_wait_on(double likely, bool offered)
    {
        var place = PlaceInLine.Of(new QueuePosition(3, 4, likely) { Wait = new WaitBand(likely, 400, "queue_length") }, TimeSpan.FromMinutes(2))!;

        Assert.Equal((3, 4, likely, 400, offered), (place.Position, place.Waiting, place.EstimatedWaitSeconds, place.AtMostSeconds, place.OffersCallback));
    }

    [Fact]
    public void Closed_queue_names_its_opening_and_no_wait()
    {
        var opens = new DateTimeOffset(2030, 1, 7, 8, 0, 0, TimeSpan.Zero);

        var place = PlaceInLine.Of(new QueuePosition(1, 1, 600) { OpensAt = opens, OffersCallback = true }, null)!;

        Assert.Equal((opens, null, true), (place.OpensAt, place.Words, place.OffersCallback));
        Assert.False(PlaceInLine.Of(new QueuePosition(1, 1, 600) { OpensAt = opens }, TimeSpan.FromMinutes(2))!.OffersCallback);
    }

    [Fact]
    public void Others_behind_and_seconds_within_the_same_words_are_no_news()
    {
        var place = PlaceInLine.Of(new QueuePosition(2, 5, 130), null)!;

        Assert.False(PlaceInLine.Of(new QueuePosition(2, 9, 125), null)!.IsNewsAfter(place));
        Assert.True(PlaceInLine.Of(new QueuePosition(1, 9, 125), null)!.IsNewsAfter(place));
        Assert.True(PlaceInLine.Of(new QueuePosition(2, 5, 60), null)!.IsNewsAfter(place));
        Assert.True(place.IsNewsAfter(null));
    }
}
