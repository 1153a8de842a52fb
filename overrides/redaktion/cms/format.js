import{a,b}from"./chunk-7WYQWJYE.js";export{a as read,b as write};
