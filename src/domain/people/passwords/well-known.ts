/**
 * The passwords that are tried first everywhere: digits, keyboard walks, words, names and their usual disguises, in
 * lower case. The policy looks for these and for these with an ending ("sunshine2026!").
 */
export const commonPasswords: ReadonlySet<string> = new Set(
  `
  123456 1234567 12345678 123456789 1234567890 12345678910 123456789012 1234567891011 111111 11111111
  111111111111 000000 00000000 000000000000 121212 123123 123123123 123321 1234321 112233 11223344 654321
  87654321 987654321 0987654321 666666 777777 7777777 888888 88888888 999999 101010 131313 159753
  147258369 789456123 222222 333333 444444 555555 696969 123654 012345 0123456789 246810 13579 1q2w3e
  1q2w3e4r 1q2w3e4r5t 1q2w3e4r5t6y 1qaz2wsx 1qaz2wsx3edc 1qazxsw2 zaq12wsx zaq1xsw2 q1w2e3r4 q1w2e3r4t5
  q1w2e3r4t5y6 a1b2c3 a1b2c3d4 a1b2c3d4e5f6 abc123 abcd1234 abc123456789 abcdef123456 aa123456 a123456
  a123456789 1a2b3c4d qwe123 qwer1234 qwerty123456 asd123 asdf1234 zxc123 pass1234 123qwe 123qweasd
  123qweasdzxc 123abc 123456a 123456abc !qaz2wsx !qaz@wsx 1qaz!qaz qwerty!@#$%^ !@#$%^&* !@#$%^&*()
  1234qwer!@#$ qwer!@#$1234 password passwort motdepasse contrasena parola senha welcome welkom willkommen
  bienvenue letmein letmeinnow iloveyou ilovegod iloveme princess princesse sunshine football baseball
  basketball volleyball softball hockey soccer superman batman spiderman ironman pokemon pikachu starwars
  startrek trustno trustnoone dragon monkey shadow master masterkey killer hunter ranger tigger cookie
  cheese pepper ginger summer winter spring autumn january february march april june july august september
  october november december monday tuesday wednesday thursday friday saturday sunday freedom whatever
  computer internet windows microsoft google facebook twitter linkedin youtube android samsung apple
  iphone amazon linux ubuntu debian oracle database server network router cisco default changeme
  changemenow changeit newpassword oldpassword mypassword yourpassword thepassword secret topsecret
  secretpassword supersecret private access accessgranted login loginlogin signin administrator
  administrateur admin adminadmin root rootroot toor superuser sysadmin operator manager supervisor user
  username guest guestguest test testtest testing tester temp temporary demo example sample qwerty qwertz
  azerty qwertyuiop qwertyuiopasdfghjkl asdfgh asdfghjkl zxcvbn zxcvbnm qazwsx qazwsxedc qweasd qweasdzxc
  abcdef abcdefg abcdefgh abcdefghijkl abcabc lovely lover loveme loveyou flower butterfly diamond crystal
  angel angels babygirl babyboy sweetheart sweety honey chocolate chicken banana orange purple yellow
  silver golden rainbow unicorn mustang corvette ferrari porsche mercedes toyota yamaha harley jaguar
  lamborghini chevrolet arsenal liverpool chelseafc barcelona realmadrid juventus manchester yankees
  cowboys steelers eagles lakers redsox packers phantom matrix merlin gandalf hobbit wizard samurai ninja
  pirate zombie vampire warrior soldier marine sniper rocket thunder lightning hurricane tornado galaxy
  jupiter saturn neptune mercury apollo genesis trinity jesus jesuschrist heaven blessed church bible
  money dollar million millionaire business company corporate office employee holiday vacation birthday
  christmas halloween easter newyear hello helloworld goodbye goodmorning goodnight thankyou please
  forever always family mother father mommy daddy sister brother friend friends nothing something anything
  everything someone nobody blahblah whatsup player gamer gaming minecraft fortnite playstation nintendo
  xbox mario zelda sonic music guitar metallica nirvana beatles slipknot eminem rockstar rocknroll dancer
  dancing purplerain coffee coffeecoffee beer whiskey vodka pizza burger peanut biscuit pumpkin cupcake
  mickey mickeymouse minnie donald snoopy garfield scooby scoobydoo tinkerbell winnie bailey buddy buster
  rocky max bella lucky daisy molly sophia oscar jackson cooper bandit smokey tiger lion eagle falcon
  panther wolf bear dolphin turtle spider snake horse doggie kitty kitten puppy america canada england
  london paris berlin madrid moscow newyork california florida texas boston chicago denver seattle
  australia germany france brazil mexico india china japan alpha bravo charliedelta delta omega sigma
  lambda blink creative dexter dreams einstein element enter entrance fender fireball fire firefly fishing
  flowers gateway hardcore hallo hola bonjour ciao ncc voyager enterprise passw passwd passwords
  passphrase p@ssw0rd p@ssword pa$$word pa$$w0rd passw0rd pass1234word w3lcome adm1n michael jennifer
  thomas jordan michelle daniel jessica joshua andrew matthew robert william charlie george nicole ashley
  amanda samantha anthony martin hannah taylor justin brandon richard jasmine maggie andrea sophie oliver
  patrick steven victoria alexander benjamin christian rebecca natasha stephanie katherine elizabeth
  nicholas vanessa veronica melissa gabriel dominic sebastian heather claudia isabella angela barbara
  monica caroline madison austin dallas chelsea phoenix
  `
    .trim()
    .split(/\s+/),
);
