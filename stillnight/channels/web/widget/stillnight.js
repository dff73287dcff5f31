(function(){"use strict";/**
 * @license
 * Copyright 2019 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const B=globalThis,G=B.ShadowRoot&&(B.ShadyCSS===void 0||B.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,J=Symbol(),pe=new WeakMap;let fe=class{constructor(e,t,i){if(this._$cssResult$=!0,i!==J)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o;const t=this.t;if(G&&e===void 0){const i=t!==void 0&&t.length===1;i&&(e=pe.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),i&&pe.set(t,e))}return e}toString(){return this.cssText}};const ge=s=>new fe(typeof s=="string"?s:s+"",void 0,J),y=(s,...e)=>{const t=s.length===1?s[0]:e.reduce((i,n,o)=>i+(r=>{if(r._$cssResult$===!0)return r.cssText;if(typeof r=="number")return r;throw Error("Value passed to 'css' function must be a 'css' function result: "+r+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(n)+s[o+1],s[0]);return new fe(t,s,J)},ut=(s,e)=>{if(G)s.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(const t of e){const i=document.createElement("style"),n=B.litNonce;n!==void 0&&i.setAttribute("nonce",n),i.textContent=t.cssText,s.appendChild(i)}},me=G?s=>s:s=>s instanceof CSSStyleSheet?(e=>{let t="";for(const i of e.cssRules)t+=i.cssText;return ge(t)})(s):s;/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{is:dt,defineProperty:pt,getOwnPropertyDescriptor:ft,getOwnPropertyNames:gt,getOwnPropertySymbols:mt,getPrototypeOf:bt}=Object,q=globalThis,be=q.trustedTypes,vt=be?be.emptyScript:"",$t=q.reactiveElementPolyfillSupport,R=(s,e)=>s,X={toAttribute(s,e){switch(e){case Boolean:s=s?vt:null;break;case Object:case Array:s=s==null?s:JSON.stringify(s)}return s},fromAttribute(s,e){let t=s;switch(e){case Boolean:t=s!==null;break;case Number:t=s===null?null:Number(s);break;case Object:case Array:try{t=JSON.parse(s)}catch{t=null}}return t}},ve=(s,e)=>!dt(s,e),$e={attribute:!0,type:String,converter:X,reflect:!1,useDefault:!1,hasChanged:ve};Symbol.metadata??=Symbol("metadata"),q.litPropertyMetadata??=new WeakMap;let C=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=$e){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){const i=Symbol(),n=this.getPropertyDescriptor(e,i,t);n!==void 0&&pt(this.prototype,e,n)}}static getPropertyDescriptor(e,t,i){const{get:n,set:o}=ft(this.prototype,e)??{get(){return this[t]},set(r){this[t]=r}};return{get:n,set(r){const c=n?.call(this);o?.call(this,r),this.requestUpdate(e,c,i)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??$e}static _$Ei(){if(this.hasOwnProperty(R("elementProperties")))return;const e=bt(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(R("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(R("properties"))){const t=this.properties,i=[...gt(t),...mt(t)];for(const n of i)this.createProperty(n,t[n])}const e=this[Symbol.metadata];if(e!==null){const t=litPropertyMetadata.get(e);if(t!==void 0)for(const[i,n]of t)this.elementProperties.set(i,n)}this._$Eh=new Map;for(const[t,i]of this.elementProperties){const n=this._$Eu(t,i);n!==void 0&&this._$Eh.set(n,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){const t=[];if(Array.isArray(e)){const i=new Set(e.flat(1/0).reverse());for(const n of i)t.unshift(me(n))}else e!==void 0&&t.push(me(e));return t}static _$Eu(e,t){const i=t.attribute;return i===!1?void 0:typeof i=="string"?i:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){const e=new Map,t=this.constructor.elementProperties;for(const i of t.keys())this.hasOwnProperty(i)&&(e.set(i,this[i]),delete this[i]);e.size>0&&(this._$Ep=e)}createRenderRoot(){const e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return ut(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,i){this._$AK(e,i)}_$ET(e,t){const i=this.constructor.elementProperties.get(e),n=this.constructor._$Eu(e,i);if(n!==void 0&&i.reflect===!0){const o=(i.converter?.toAttribute!==void 0?i.converter:X).toAttribute(t,i.type);this._$Em=e,o==null?this.removeAttribute(n):this.setAttribute(n,o),this._$Em=null}}_$AK(e,t){const i=this.constructor,n=i._$Eh.get(e);if(n!==void 0&&this._$Em!==n){const o=i.getPropertyOptions(n),r=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:X;this._$Em=n;const c=r.fromAttribute(t,o.type);this[n]=c??this._$Ej?.get(n)??c,this._$Em=null}}requestUpdate(e,t,i,n=!1,o){if(e!==void 0){const r=this.constructor;if(n===!1&&(o=this[e]),i??=r.getPropertyOptions(e),!((i.hasChanged??ve)(o,t)||i.useDefault&&i.reflect&&o===this._$Ej?.get(e)&&!this.hasAttribute(r._$Eu(e,i))))return;this.C(e,t,i)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:i,reflect:n,wrapped:o},r){i&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,r??t??this[e]),o!==!0||r!==void 0)||(this._$AL.has(e)||(this.hasUpdated||i||(t=void 0),this._$AL.set(e,t)),n===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}const e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(const[n,o]of this._$Ep)this[n]=o;this._$Ep=void 0}const i=this.constructor.elementProperties;if(i.size>0)for(const[n,o]of i){const{wrapped:r}=o,c=this[n];r!==!0||this._$AL.has(n)||c===void 0||this.C(n,void 0,o,c)}}let e=!1;const t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(i=>i.hostUpdate?.()),this.update(t)):this._$EM()}catch(i){throw e=!1,this._$EM(),i}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};C.elementStyles=[],C.shadowRootOptions={mode:"open"},C[R("elementProperties")]=new Map,C[R("finalized")]=new Map,$t?.({ReactiveElement:C}),(q.reactiveElementVersions??=[]).push("2.1.2");/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Z=globalThis,ye=s=>s,W=Z.trustedTypes,we=W?W.createPolicy("lit-html",{createHTML:s=>s}):void 0,ke="$lit$",$=`lit$${Math.random().toFixed(9).slice(2)}$`,_e="?"+$,yt=`<${_e}>`,w=document,P=()=>w.createComment(""),U=s=>s===null||typeof s!="object"&&typeof s!="function",Q=Array.isArray,wt=s=>Q(s)||typeof s?.[Symbol.iterator]=="function",ee=`[ 	
\f\r]`,L=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,xe=/-->/g,Ae=/>/g,k=RegExp(`>|${ee}(?:([^\\s"'>=/]+)(${ee}*=${ee}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),Ee=/'/g,Se=/"/g,Te=/^(?:script|style|textarea|title)$/i,Ce=s=>(e,...t)=>({_$litType$:s,strings:e,values:t}),l=Ce(1),kt=Ce(2),b=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),Oe=new WeakMap,_=w.createTreeWalker(w,129);function ze(s,e){if(!Q(s)||!s.hasOwnProperty("raw"))throw Error("invalid template strings array");return we!==void 0?we.createHTML(e):e}const _t=(s,e)=>{const t=s.length-1,i=[];let n,o=e===2?"<svg>":e===3?"<math>":"",r=L;for(let c=0;c<t;c++){const a=s[c];let d,p,h=-1,g=0;for(;g<a.length&&(r.lastIndex=g,p=r.exec(a),p!==null);)g=r.lastIndex,r===L?p[1]==="!--"?r=xe:p[1]!==void 0?r=Ae:p[2]!==void 0?(Te.test(p[2])&&(n=RegExp("</"+p[2],"g")),r=k):p[3]!==void 0&&(r=k):r===k?p[0]===">"?(r=n??L,h=-1):p[1]===void 0?h=-2:(h=r.lastIndex-p[2].length,d=p[1],r=p[3]===void 0?k:p[3]==='"'?Se:Ee):r===Se||r===Ee?r=k:r===xe||r===Ae?r=L:(r=k,n=void 0);const f=r===k&&s[c+1].startsWith("/>")?" ":"";o+=r===L?a+yt:h>=0?(i.push(d),a.slice(0,h)+ke+a.slice(h)+$+f):a+$+(h===-2?c:f)}return[ze(s,o+(s[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),i]};class D{constructor({strings:e,_$litType$:t},i){let n;this.parts=[];let o=0,r=0;const c=e.length-1,a=this.parts,[d,p]=_t(e,t);if(this.el=D.createElement(d,i),_.currentNode=this.el.content,t===2||t===3){const h=this.el.content.firstChild;h.replaceWith(...h.childNodes)}for(;(n=_.nextNode())!==null&&a.length<c;){if(n.nodeType===1){if(n.hasAttributes())for(const h of n.getAttributeNames())if(h.endsWith(ke)){const g=p[r++],f=n.getAttribute(h).split($),m=/([.?@])?(.*)/.exec(g);a.push({type:1,index:o,name:m[2],strings:f,ctor:m[1]==="."?At:m[1]==="?"?Et:m[1]==="@"?St:F}),n.removeAttribute(h)}else h.startsWith($)&&(a.push({type:6,index:o}),n.removeAttribute(h));if(Te.test(n.tagName)){const h=n.textContent.split($),g=h.length-1;if(g>0){n.textContent=W?W.emptyScript:"";for(let f=0;f<g;f++)n.append(h[f],P()),_.nextNode(),a.push({type:2,index:++o});n.append(h[g],P())}}}else if(n.nodeType===8)if(n.data===_e)a.push({type:2,index:o});else{let h=-1;for(;(h=n.data.indexOf($,h+1))!==-1;)a.push({type:7,index:o}),h+=$.length-1}o++}}static createElement(e,t){const i=w.createElement("template");return i.innerHTML=e,i}}function O(s,e,t=s,i){if(e===b)return e;let n=i!==void 0?t._$Co?.[i]:t._$Cl;const o=U(e)?void 0:e._$litDirective$;return n?.constructor!==o&&(n?._$AO?.(!1),o===void 0?n=void 0:(n=new o(s),n._$AT(s,t,i)),i!==void 0?(t._$Co??=[])[i]=n:t._$Cl=n),n!==void 0&&(e=O(s,n._$AS(s,e.values),n,i)),e}class xt{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){const{el:{content:t},parts:i}=this._$AD,n=(e?.creationScope??w).importNode(t,!0);_.currentNode=n;let o=_.nextNode(),r=0,c=0,a=i[0];for(;a!==void 0;){if(r===a.index){let d;a.type===2?d=new z(o,o.nextSibling,this,e):a.type===1?d=new a.ctor(o,a.name,a.strings,this,e):a.type===6&&(d=new Tt(o,this,e)),this._$AV.push(d),a=i[++c]}r!==a?.index&&(o=_.nextNode(),r++)}return _.currentNode=w,n}p(e){let t=0;for(const i of this._$AV)i!==void 0&&(i.strings!==void 0?(i._$AI(e,i,t),t+=i.strings.length-2):i._$AI(e[t])),t++}}class z{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,i,n){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=i,this.options=n,this._$Cv=n?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode;const t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=O(this,e,t),U(e)?e===u||e==null||e===""?(this._$AH!==u&&this._$AR(),this._$AH=u):e!==this._$AH&&e!==b&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):wt(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==u&&U(this._$AH)?this._$AA.nextSibling.data=e:this.T(w.createTextNode(e)),this._$AH=e}$(e){const{values:t,_$litType$:i}=e,n=typeof i=="number"?this._$AC(e):(i.el===void 0&&(i.el=D.createElement(ze(i.h,i.h[0]),this.options)),i);if(this._$AH?._$AD===n)this._$AH.p(t);else{const o=new xt(n,this),r=o.u(this.options);o.p(t),this.T(r),this._$AH=o}}_$AC(e){let t=Oe.get(e.strings);return t===void 0&&Oe.set(e.strings,t=new D(e)),t}k(e){Q(this._$AH)||(this._$AH=[],this._$AR());const t=this._$AH;let i,n=0;for(const o of e)n===t.length?t.push(i=new z(this.O(P()),this.O(P()),this,this.options)):i=t[n],i._$AI(o),n++;n<t.length&&(this._$AR(i&&i._$AB.nextSibling,n),t.length=n)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){const i=ye(e).nextSibling;ye(e).remove(),e=i}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}}class F{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,i,n,o){this.type=1,this._$AH=u,this._$AN=void 0,this.element=e,this.name=t,this._$AM=n,this.options=o,i.length>2||i[0]!==""||i[1]!==""?(this._$AH=Array(i.length-1).fill(new String),this.strings=i):this._$AH=u}_$AI(e,t=this,i,n){const o=this.strings;let r=!1;if(o===void 0)e=O(this,e,t,0),r=!U(e)||e!==this._$AH&&e!==b,r&&(this._$AH=e);else{const c=e;let a,d;for(e=o[0],a=0;a<o.length-1;a++)d=O(this,c[i+a],t,a),d===b&&(d=this._$AH[a]),r||=!U(d)||d!==this._$AH[a],d===u?e=u:e!==u&&(e+=(d??"")+o[a+1]),this._$AH[a]=d}r&&!n&&this.j(e)}j(e){e===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}}class At extends F{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===u?void 0:e}}class Et extends F{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==u)}}class St extends F{constructor(e,t,i,n,o){super(e,t,i,n,o),this.type=5}_$AI(e,t=this){if((e=O(this,e,t,0)??u)===b)return;const i=this._$AH,n=e===u&&i!==u||e.capture!==i.capture||e.once!==i.once||e.passive!==i.passive,o=e!==u&&(i===u||n);n&&this.element.removeEventListener(this.name,this,i),o&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}}class Tt{constructor(e,t,i){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=i}get _$AU(){return this._$AM._$AU}_$AI(e){O(this,e)}}const Ct={I:z},Ot=Z.litHtmlPolyfillSupport;Ot?.(D,z),(Z.litHtmlVersions??=[]).push("3.3.3");const zt=(s,e,t)=>{const i=t?.renderBefore??e;let n=i._$litPart$;if(n===void 0){const o=t?.renderBefore??null;i._$litPart$=n=new z(e.insertBefore(P(),o),o,void 0,t??{})}return n._$AI(s),n};/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const te=globalThis;let j=class extends C{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){const e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){const t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=zt(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return b}};j._$litElement$=!0,j.finalized=!0,te.litElementHydrateSupport?.({LitElement:j});const Mt=te.litElementPolyfillSupport;Mt?.({LitElement:j}),(te.litElementVersions??=[]).push("4.2.2");const Nt={title:"Stillnight",tagline:"مساعد آلي للتثقيف، وليس طبيبًا.",open:"أسئلة عن تململ الساقين؟ اسأل المساعد",close:"إغلاق المحادثة",menu:"المزيد",emergency:"في حالة الطوارئ، اتصل برقم الطوارئ المحلي، أو اطلب ذلك ممن حولك.",emergencyNumbers:"أرقام الطوارئ",conversation:"المحادثة",you:"قلتَ:",assistant:"قال Stillnight:",message:"رسالتك",placeholder:"سؤالك",send:"إرسال",keys:"زر الإدخال يرسل رسالتك. مع Shift يبدأ سطرًا جديدًا.",suggestions:"اقتراحات",sources:"المصادر",newTab:"(يفتح في علامة تبويب جديدة)",writing:"Stillnight يكتب.",helpful:"هل كان هذا مفيدًا؟",yes:"نعم",no:"لا",thanks:"شكرًا لك.",whyNot:"ما الذي كان ينقص؟",copy:"نسخ",copied:"تم النسخ.",download:"تنزيل هذه المحادثة",again:"ابدأ من جديد",data:"تنزيل بياناتي",privacy:"ما الذي يُحفظ ومن يراه",forget:"انسَني",forgetAsk:"هل تريد حذف هذه المحادثة هنا وعلى الخادم؟ لا يمكن استعادتها.",forgetYes:"احذفها",forgetNo:"أبقِها",forgotten:"حُذف كل ما في هذه المحادثة.",remember:"تذكّر هذه المحادثة على هذا الجهاز",resumed:"محادثتك مستمرة.",restarted:"المحادثة القديمة لم تعد موجودة، فبدأت محادثة جديدة.",offline:"لا يمكن الوصول إليّ الآن. رسالتك محفوظة وستُرسل عند عودتي.",busy:"كان ذلك كثيرًا دفعة واحدة. رسالتك محفوظة وستُرسل بعد لحظة.",failed:"عذرًا، تعذّر إرسال تلك الرسالة.",retry:"حاول مرة أخرى",long:"رسالتك أصبحت طويلة.",tooLong:"أطول مما أستطيع قراءته: من فضلك اختصرها.",counted:"{count} من {most}",unread:"{count} جديد",away:"لا يمكن الوصول إليّ الآن. سأواصل المحاولة.",emergencyCall:"الطوارئ",or:"أو",elsewhere:"تغيير البلد",clinic:"عيادتك:",tell:"إرسال",skip:"تخطٍّ",notForgotten:"لا يمكن الوصول إليّ الآن، لذلك لم يُحذف شيء بعد. حاول مرة أخرى من فضلك.",notLoaded:"لا يمكن الوصول إليّ الآن. حاول مرة أخرى من فضلك.",tooOld:"هذه المحادثة قديمة ولم أعد أجدها. نسيتُها هنا، لكن ما على الخادم لم يمكن حذفه من هنا. اسأل العيادة من فضلك.",crowded:"كثيرون يسألون الآن. سأحاول مرة أخرى بعد لحظة.",unsent:"لم تُرسل بعد.",notKept:"هذا المتصفح لا يحفظ شيئًا، لذلك لا يمكن تذكّر هذه المحادثة.",urgentWaiting:"من فضلك اقرأ رسالتك الجديدة."},Me={title:"Stillnight",tagline:"An automated assistant for education, not a doctor.",open:"Questions about restless legs? Ask the assistant",close:"Close the chat",menu:"More",emergency:"Emergency? Call your local emergency number, or ask someone near you to.",emergencyNumbers:"Emergency numbers",conversation:"Conversation",you:"You said:",assistant:"Stillnight said:",message:"Your message",placeholder:"Your question",send:"Send",keys:"Enter sends your message. Shift and Enter starts a new line.",suggestions:"Suggestions",sources:"Sources",newTab:"(opens in a new tab)",writing:"Stillnight is writing.",helpful:"Was this helpful?",yes:"Yes",no:"No",thanks:"Thank you.",whyNot:"What was missing?",copy:"Copy",copied:"Copied.",download:"Download this chat",again:"Start again",data:"Download my data",privacy:"What is kept, and who sees it",forget:"Forget me",forgetAsk:"Delete this chat here and on the server? It cannot be brought back.",forgetYes:"Delete it",forgetNo:"Keep it",forgotten:"Everything in this chat has been deleted.",remember:"Remember this chat on this device",resumed:"Your chat continues.",restarted:"The old chat is no longer there, so a new one has begun.",offline:"I cannot be reached just now. Your message is kept, and sent when I am back.",busy:"That was a lot at once. Your message is kept, and sent in a moment.",failed:"Sorry, that message could not be sent.",retry:"Try again",long:"Your message is getting long.",tooLong:"Too long for me to read: please shorten it.",counted:"{count} of {most}",unread:"{count} new",away:"I cannot be reached just now. I will keep trying.",emergencyCall:"Emergency",or:"or",elsewhere:"Change country",clinic:"Your clinic:",tell:"Send",skip:"Skip",notForgotten:"I cannot be reached just now, so nothing was deleted yet. Please try again.",notLoaded:"I cannot be reached just now. Please try again.",tooOld:"This chat is too old for me to find. I forgot it here, but what is on the server could not be deleted from here. Please ask the clinic.",crowded:"Many people are asking just now. I will try again in a moment.",unsent:"Not sent yet.",notKept:"This browser keeps nothing, so this chat cannot be remembered.",urgentWaiting:"Please read your new message."},Ne={en:Me,ar:Nt},Rt=new Set(["ar","fa","he","ur"]);function x(s){const e=Pe(s),t=Object.hasOwn(Ne,e)?Ne[e]:void 0;return t?{lang:e,words:t}:{lang:"en",words:Me}}function H(s){return Rt.has(Pe(s))?"rtl":"ltr"}function Re(s,e){return s.replace(/\{(\w+)\}/g,(t,i)=>String(e[i]??""))}function Pe(s){return s.toLowerCase().split("-")[0]??""}const Pt=45e3,Ut="application/x-ndjson";class A extends Error{constructor(e=!1){super("unreachable"),this.failed=e}}class E extends Error{constructor(e,t){super(`refused with ${e}`),this.status=e,this.wait=t}get isForgotten(){return this.status===401}get isUnknown(){return this.status===404}get isTooMany(){return this.status===429}}class Lt{constructor(e,t,i){this.base=e,this.tokens=t,this.country=i}async start(){return await(await this.call("POST","/session",{token:null})).json()}async history(e){try{return(await(await this.call("GET","/history",{token:e})).json()).messages}catch(t){if(t instanceof E&&t.isForgotten)return this.tokens.lose(e),null;throw t}}async send(e,t,i){const n=e.choice===void 0?{text:e.text}:{choice:e.choice},o=await this.call("POST","/messages",{body:{...n,country:this.country()},headers:{"Idempotency-Key":e.key,Accept:Ut},signal:i});let r=!1;for await(const c of jt(o))t(Dt(c)),r=!0;if(!r)throw new A(!0)}async feedback(e,t,i){await this.call("POST","/feedback",{body:{message:e,helpful:t,reason:i}})}async copied(e){return(await this.call("GET",`/${e}`)).blob()}async numbers(){const e=this.country(),t=e===void 0?"":`?${new URLSearchParams({country:e})}`;return await(await this.call("GET",`/numbers${t}`)).json()}async forget(){let e=!0;for(const t of this.tokens.all)try{await this.call("DELETE","/session",{token:t})}catch(i){if(!(i instanceof E&&i.isForgotten))throw i;e=!1}return e}async call(e,t,i={}){const{body:n,headers:o,token:r=this.tokens.token,signal:c}=i,a=new AbortController,d=setTimeout(()=>a.abort(),Pt);c?.addEventListener("abort",()=>a.abort(),{signal:a.signal});let p;try{p=await fetch(this.base+t,{method:e,credentials:"omit",referrerPolicy:"no-referrer",headers:{...o,...n===void 0?{}:{"Content-Type":"application/json"},...r===null?{}:{Authorization:`Bearer ${r}`}},...n===void 0?{}:{body:JSON.stringify(n)},signal:a.signal})}catch{throw clearTimeout(d),new A}if(p.status>=500)throw new A(p.status===500);if(!p.ok)throw new E(p.status,Number(p.headers.get("Retry-After"))||0);return p}}function Dt(s){let e=null;try{e=JSON.parse(s)}catch{}if(typeof e?.id!="string"||typeof e.text!="string")throw new A(!0);return{lang:"en",buttons:[],sources:[],contacts:[],images:[],urgent:!1,...e}}async function*jt(s){const e=s.body?.pipeThrough(new TextDecoderStream).getReader();if(!e)return;let t="";for(;;){let i;try{i=await e.read()}catch{throw new A}t+=i.value??"";const n=t.split(`
`);if(t=n.pop()??"",yield*n.filter(o=>o!==""),i.done){if(t!=="")throw new A;return}}}function se(s,e){const t=new Set(s.map(o=>o.id)),i=s.map(o=>o.from==="patient"?{from:"patient",key:o.id,text:o.text,state:"sent"}:{from:"assistant",answer:o,live:!1}),n=e.filter(o=>!t.has(o.key)).map(({key:o,text:r})=>({from:"patient",key:o,text:r,state:"waiting"}));return[...i,...n]}function Ue(s,e){return s.map(t=>{const i=t.from==="assistant"?e.get(t.answer.id):void 0;return t.from==="assistant"&&i?{...t,judged:i}:t})}function Le(s){return s.map(e=>({from:"assistant",answer:e,live:!0}))}function ie(s){const e=s.map(t=>t.from);return s.slice(e.lastIndexOf("patient")+1).filter(t=>t.from==="assistant")}function Ht(s,e){return[...s.filter(t=>!ne(t)),...Le(e),...s.filter(ne)]}function It(s,e){if(s.some(n=>n.from==="assistant"&&n.answer.id===e.id))return s;const t=s.findIndex(ne),i=t<0?s.length:t;return[...s.slice(0,i),...Le([e]),...s.slice(i)]}function De(s,e,t){return s.map(i=>i.from==="patient"&&i.key===e?{...i,state:t}:i)}function Bt(s){return s.map(e=>e.from==="assistant"?{...e,live:!1}:e)}function qt(s){return new Map(s.flatMap(e=>e.from==="assistant"&&e.judged?[[e.answer.id,e.judged]]:[]))}function ne(s){return s.from==="patient"&&s.state==="waiting"}const je="stillnight.";function M(s){return new He(()=>sessionStorage,je+s)}function Wt(s){return new He(()=>localStorage,je+s)}class He{constructor(e,t){this.store=e,this.key=t,this.instead=null}get lasts(){return this.instead===null}get value(){if(this.instead)return this.instead.value;try{return JSON.parse(this.store().getItem(this.key)??"null")}catch{return null}}set value(e){try{e===null?this.store().removeItem(this.key):this.store().setItem(this.key,JSON.stringify(e)),this.instead=null}catch{this.instead={value:e}}}}const oe=2e3,Ft=3e4,Yt=1e4,Vt=3;function Kt(s){return(Ie(s).value??[]).length>0}class Gt{constructor(e,t,i){this.client=e,this.listener=t,this.running=!1,this.held=!1,this.current=new AbortController,this.over=Be(this.current.signal),this.wait=oe,this.tries=0,this.begunAnewFor="",this.again=()=>{clearTimeout(this.timer),this.wait=oe,this.run()},this.kept=Ie(i),this.waiting=this.kept.value??[],addEventListener("online",this.again)}get messages(){return this.waiting}stop(){removeEventListener("online",this.again),this.hold()}add(e){this.set([...this.waiting,e]),this.run()}clear(){this.giveUp(),this.set([])}hold(){this.held=!0,this.giveUp()}release(){this.held=!1,this.run()}async run(){if(!this.running){this.running=!0;try{for(let e=this.waiting[0];e;e=this.waiting[0])if(!await this.send(e))return}finally{this.running=!1}}}async send(e){if(this.held)return!1;const{signal:t}=this.current;try{await Promise.race([this.listener.begin(),this.over])}catch{return!1}try{t.aborted||await this.client.send(e,i=>this.listener.replied(e,i),t)}catch(i){return t.aborted||this.notSent(e,i)}return t.aborted||(this.wait=oe,this.remove(e),this.listener.trouble(null),this.listener.done(e)),!0}notSent(e,t){return t instanceof A&&!(t.failed&&(this.tries+=1)>=Vt)?(this.later("offline",this.wait),this.wait=Math.min(2*this.wait,Ft),!1):t instanceof E&&t.isTooMany?(this.later("busy",1e3*t.wait||Yt),!1):t instanceof E&&t.isForgotten&&this.begunAnewFor!==e.key?(this.begunAnewFor=e.key,this.listener.lost(),!0):t instanceof E&&t.isUnknown&&e.choice!==void 0?(this.set(this.waiting.map(i=>i.key===e.key?{key:i.key,text:i.text}:i)),!0):(this.remove(e),this.listener.trouble(null),this.listener.failed(e),!0)}giveUp(){clearTimeout(this.timer),this.current.abort(),this.current=new AbortController,this.over=Be(this.current.signal)}later(e,t){this.listener.trouble(e),clearTimeout(this.timer),this.timer=setTimeout(()=>void this.run(),t)}remove(e){this.tries=0,this.set(this.waiting.filter(t=>t.key!==e.key))}set(e){this.waiting=e,this.kept.value=e.length?[...e]:null}}function Ie(s){return M(`outbox.${s}`)}function Be(s){return new Promise(e=>s.addEventListener("abort",()=>e(),{once:!0}))}class Jt{constructor(e,t){this.channel="BroadcastChannel"in globalThis?new BroadcastChannel(`stillnight.${e}`):null,this.channel?.addEventListener("message",({data:i})=>t(i.token,i.done))}tell(e,t){e!==null&&this.channel?.postMessage({token:e,done:t})}close(){this.channel?.close()}}class Xt{constructor(e){this.current=M(`token.${e}`),this.past=M(`past.${e}`),this.wish=M(`remember.${e}`),this.onDevice=Wt(`token.${e}`),(this.onDevice.value?.until??0)<=Date.now()&&(this.onDevice.value=null),this.current.value??=this.onDevice.value}get token(){return this.current.value?.token??null}get isRemembered(){return this.onDevice.lasts&&(this.wish.value===!0||this.hasDevice)}get all(){return[...this.past.value??[],this.current.value].flatMap(e=>e?[e.token]:[])}keep(e,t){this.current.value={token:e,until:Date.now()+1e3*t},this.wish.value&&this.remember(!0)}leave(){const{current:e,past:t}=this;t.value=[...t.value??[],...e.value?[e.value]:[]],e.value=null}lose(e){this.token===e&&(this.current.value=null),this.onDevice.value?.token===e&&(this.onDevice.value=null);const t=this.past.value?.filter(i=>i.token!==e);this.past.value=t?.length?t:null}drop(){const e=this.all;this.onDevice.value&&e.includes(this.onDevice.value.token)&&(this.onDevice.value=null);for(const t of[this.current,this.past,this.wish])t.value=null}remember(e){const{hasDevice:t}=this;this.wish.value=e||null,(e||t)&&(this.onDevice.value=e?this.current.value:null)}get hasDevice(){return this.token!==null&&this.onDevice.value?.token===this.token}}const Zt=2e3,Qt=500,re=5e3,es=3e4;class ts{constructor(e,t){this.host=t,this.entries=[],this.trouble=null,this.numbers=null,this.spoken="",this.burst="",this.quiet=!1,this.begun=null,this.round=0,this.wait=re,this.waits=!1,this.stale=!1,this.timers={slow:void 0,later:void 0,settled:void 0},this.tokens=new Xt(e),this.typed=M(`draft.${e}`),this.known=M(`numbers.${e}`),this.numbers=this.known.value,this.client=new Lt(e,this.tokens,()=>t.country()),this.outbox=new Gt(this.client,{begin:()=>this.begin(),replied:(i,n)=>this.replied(i,n),done:()=>this.done(),failed:i=>this.failed(i),lost:()=>this.lost(),trouble:i=>this.troubled(i)},e),this.tabs=new Jt(e,(i,n)=>void this.elsewhere(i,n))}get isRemembered(){return this.tokens.isRemembered}get draft(){return this.typed.value??""}set draft(e){this.typed.value=e||null,this.host.changed()}get writing(){return this.waits}set writing(e){this.waits=e,clearTimeout(this.timers.slow),!e&&this.spoken===this.host.strings().writing&&(this.spoken=""),e&&(this.timers.slow=setTimeout(()=>this.say(this.host.strings().writing),Zt))}begin(){const{round:e}=this;return this.begun===null&&this.entries.length===0&&(this.entries=se([],this.outbox.messages),this.writing=!0,this.host.changed()),this.begun??=this.resumed(e).catch(t=>{throw e===this.round&&(this.begun=null,this.notBegun(t)),t}),this.begun}send(e,t){const i={key:ss(),text:e,...t===void 0?{}:{choice:t}};this.outbox.messages.length===0&&(this.burst=i.key);const n=this.entries.filter(o=>o.from!=="note"||!o.passing);this.entries=[...n,{from:"patient",key:i.key,text:e,state:"waiting"}],this.spoken="",this.writing=!0,this.host.changed(),this.outbox.add(i)}sendAgain({key:e,text:t}){this.entries=this.entries.filter(i=>i.from!=="patient"||i.key!==e),this.send(t)}retry(){this.wait=re,this.resume()}async judge(e,t,i){const n=t||i!==void 0?"done":"missing";this.entries=Ue(this.entries,new Map([[e.id,n]])),this.host.changed(),await this.client.feedback(e.id,t,i||void 0).catch(()=>this.warn(this.host.strings().notLoaded))}remember(e){this.tokens.remember(e),this.host.changed(),e&&!this.tokens.isRemembered&&this.warn(this.host.strings().notKept)}copied(e){return this.client.copied(e)}async startAgain(){this.outbox.clear(),this.reset(),this.tokens.leave(),await this.begin()}async forget(){const{all:e}=this.tokens,t=new Set(this.outbox.messages);this.outbox.hold();let i;try{i=await this.client.forget()}catch(o){throw this.outbox.release(),o}const n=this.outbox.messages.filter(o=>!t.has(o));e.forEach(o=>this.tabs.tell(o,"forgotten")),this.empty(i?this.host.strings().forgotten:this.host.strings().tooOld),this.outbox.release(),n.forEach(({text:o})=>this.send(o))}warn(e){this.leave({from:"note",text:e,passing:!0})}say(e){this.spoken=e===this.spoken?`${e} `:e,this.host.changed()}rest(){this.entries=Bt(this.entries),this.spoken=""}stop(){this.round+=1,this.outbox.stop(),this.tabs.close(),Object.values(this.timers).forEach(clearTimeout)}async resumed(e){const{token:t}=this.tokens;this.renumber();const i=t===null?null:await this.client.history(t),n=i?.length?null:await this.client.start();e===this.round&&this.put(i??[],n)}put(e,t){t?(this.tokens.keep(t.token,t.seconds),this.entries=Ht(this.entries,t.messages),this.renumber()):(this.quiet=!0,this.timers.settled=setTimeout(()=>{this.quiet=!1,this.say(this.host.strings().resumed)},Qt),this.entries=se(e,this.outbox.messages)),this.wait=re,this.trouble=null,this.writing=this.outbox.messages.length>0,this.host.changed(),this.outbox.again()}notBegun(e){const t=e instanceof E&&e.isTooMany,{wait:i}=this;this.wait=Math.min(2*this.wait,es),this.writing=!1,this.trouble=t?"crowded":"offline",this.say(t?this.host.strings().crowded:this.host.strings().away),clearTimeout(this.timers.later),this.timers.later=setTimeout(()=>{(this.host.watched()||this.outbox.messages.length)&&this.resume()},i)}resume(){this.begin().then(()=>this.outbox.again(),()=>{})}async renumber(){const{round:e}=this,t=await this.client.numbers().catch(()=>this.numbers);e===this.round&&(this.numbers=t,this.known.value=ae(t),this.host.changed())}reset(){this.round+=1,Object.values(this.timers).forEach(clearTimeout),this.begun=null,this.writing=!1,this.quiet=!1,this.stale=!1,this.trouble=null,this.entries=[],this.numbers=ae(this.numbers)}empty(e){this.outbox.clear(),this.reset(),this.tokens.drop(),this.known.value=null,this.draft="",this.leave({from:"note",text:e})}lost(){const{token:e}=this.tokens;e!==null&&this.tokens.lose(e),this.begun=null,this.numbers=ae(this.numbers),this.leave({from:"note",text:this.host.strings().restarted})}leave(e){this.entries=[...this.entries,e],this.host.changed()}async elsewhere(e,t){if(e!==this.tokens.token)return;if(t==="forgotten"){this.empty(this.host.strings().forgotten);return}const{round:i}=this;if(this.stale=this.outbox.messages.length>0,this.stale||this.begun===null)return;const n=await this.client.history(e).catch(()=>null);i===this.round&&n!==null&&(this.stale=this.outbox.messages.length>0,this.stale||(this.entries=Ue(se(n,[]),qt(this.entries)),this.host.changed()))}replied(e,t){const i=De(this.entries,e.key,"sent");this.entries=It(i,t),this.entries!==i&&this.host.answered(t),this.host.changed()}done(){ie(this.entries).some(({answer:t})=>t.contacts.length)&&this.renumber();const{token:e}=this.tokens;this.tabs.tell(e,"changed"),this.writing=this.outbox.messages.length>0,this.host.changed(),this.stale&&e!==null&&this.elsewhere(e,"changed")}failed(e){this.entries=De(this.entries,e.key,"failed"),this.writing=this.outbox.messages.length>0,this.say(this.host.strings().failed)}troubled(e){const t=e!==null&&e!==this.trouble;this.trouble=e,this.writing=e===null&&this.outbox.messages.length>0,t&&this.say(this.host.strings()[e]),this.host.changed()}}function ae(s){return s&&{...s,change:null}}function ss(){return Array.from(crypto.getRandomValues(new Uint8Array(16)),s=>s.toString(16).padStart(2,"0")).join("")}function is(s,e){const t=e.style.color;e.style.color="",e.style.color=s;const i=e.style.color&&getComputedStyle(e).color;e.style.color=t;const n=i?ns(i):null;if(n===null)return null;const[o=0,r=0,c=0]=n.map(d=>os(d/255)),a=.2126*o+.7152*r+.0722*c;return 1.05/(a+.05)>=(a+.05)/.05?"#fff":"#000"}function ns(s){const e=/^rgb\((\d+), (\d+), (\d+)\)$/.exec(s);if(e)return e.slice(1).map(Number);const t=document.createElement("canvas").getContext("2d");if(t===null||s.startsWith("rgba"))return null;t.fillStyle=s,t.fillRect(0,0,1,1);const[i=0,n=0,o=0,r]=t.getImageData(0,0,1,1).data;return r===255?[i,n,o]:null}function os(s){return s<=.04045?s/12.92:((s+.055)/1.055)**2.4}const qe=/^(tel|sms):[+0-9*#,;a-z=?&.-]+$/i,rs=/^[^\n\d]{1,12}$/,as=/^ \([^()\n]+\)/,ls=new Set(["svg","g","rect","line","path","text","tspan","title","desc","polygon","circle"]),cs=/^(?:[a-z-]+|viewBox|preserveAspectRatio|textLength|lengthAdjust)$/,hs=/^on|^style$|^xmlns$|href$/,us=/url\(|javascript:/i,We=new WeakMap;function Fe(s,e){const t=[s];for(const i of e)for(let n=t.length-1;n>=0;n-=1){const o=t[n],r=typeof o=="string"?o.lastIndexOf(i.say):-1;if(typeof o=="string"&&r>=0&&qe.test(i.href)){t.splice(n,1,o.slice(0,r),Ye(i),o.slice(r+i.say.length));break}}return ds(t)}function ds(s){const e=[];let t=[];const i=n=>{e.push(l`<span class="reach">${t}${n&&l` <span class="whose">${n.trim()}</span>`}</span>`),t=[]};return s.forEach((n,o)=>{if(typeof n!="string")t.push(n);else if(t.length===0)e.push(n);else if(o<s.length-1&&rs.test(n))t.push(n);else{const r=as.exec(n)?.[0]??"";i(r),e.push(n.slice(r.length))}}),e}function Ye({say:s,href:e}){return qe.test(e)?l`<a class="number" href=${e}>${s}</a>`:l`${s}`}function Ve(s){const e=Ke(s);return e!==null?l`<a href=${e} target="_blank" rel="noopener noreferrer">${s.replace(/^https?:\/\//,"")}</a>`:/^[^\s@:/?&]+@[^\s@:/?&]+\.[a-z]+$/i.test(s)?l`<a href=${`mailto:${s}`}>${s}</a>`:/^\+?[\d\s()./-]{6,24}$/.test(s)?l`<a href=${`tel:${s.replace(/[^\d+]/g,"")}`}>${s}</a>`:l`${s}`}function Ke(s){return s!==null&&/^https?:\/\//i.test(s)?s:null}function ps(s){let e=We.get(s)??null;try{e??=fs(s)}catch{}return We.set(s,e),e}function fs(s){const e=new DOMParser().parseFromString(s.svg,"image/svg+xml").documentElement,t=e.localName==="svg"?Ge(e):null;return t?.setAttribute("role","img"),t?.setAttribute("aria-label",s.alt),t}function Ge(s){if(!ls.has(s.localName))return null;const e=document.createElementNS("http://www.w3.org/2000/svg",s.localName);for(const{name:t,value:i}of s.attributes)cs.test(t)&&!hs.test(t)&&!us.test(i)&&e.setAttribute(t,i);for(const t of s.childNodes)if(t.nodeType===Node.TEXT_NODE)e.append(t.textContent??"");else if(t.nodeType===Node.ELEMENT_NODE){const i=Ge(t);i!==null&&e.append(i)}return e}const N=2e3,le=1800;function gs(s){return l`${ms(s)} ${bs(s)} ${vs(s)}
    <p class="unseen" role="status">${s.talk.spoken}</p>`}function ms(s){const{talk:e,words:t,contact:i}=s;if(e.trouble===null)return u;const o=e.entries.some(r=>r.from==="patient"&&r.state==="waiting")?t.offline:t.away;return l`<div class="trouble">
    <p>${e.trouble==="offline"?o:t[e.trouble]}</p>
    ${i?l`<p>${t.clinic} ${Ve(i)}</p>`:u}
    <button type="button" @click=${()=>s.retry()}>${t.retry}</button>
  </div>`}function bs(s){const{words:e,talk:t}=s,i=Y(t.draft),[n,o]=[i>le,i>N];return l`<div class="composer">
    <div class="field">
      <textarea
        rows="1"
        dir="auto"
        autocomplete="off"
        enterkeyhint="send"
        aria-label=${e.message}
        aria-describedby=${n?"keys counter":"keys"}
        aria-invalid=${o}
        placeholder=${e.placeholder}
        .value=${t.draft}
        @input=${r=>$s(s,r.target)}
        @keydown=${r=>{r.key==="Enter"&&!r.shiftKey&&!ks(r)&&(r.preventDefault(),Je(s))}}
      ></textarea>
      <button class="send" type="button" @click=${()=>Je(s)}>${e.send}</button>
    </div>
    <p id="keys" hidden>${e.keys}</p>
    <p id="counter" class="counter ${o?"over":""}" ?hidden=${!n}>
      ${o?e.tooLong:e.long} ${Re(e.counted,{count:i,most:N})}
    </p>
  </div>`}function vs(s){const{words:e,talk:t,lang:i}=s,n=t.numbers,o=n?.change,r=n!==null&&n.country!==null&&n.contacts.length>0,c=n?.contacts.map((p,h)=>l`${h?` ${e.or} `:""}${Ye(p)}`),a=r?ys(n.country,i):"",d=r?e.elsewhere:e.emergencyNumbers;return l`<p class="emergency">
    ${r?l`<span>${e.emergencyCall}${a?` (${a})`:""}:</span> <span class="reach">${c}</span>`:l`<span>${e.emergency}</span>`}
    ${o?l`<button type="button" @click=${()=>s.send(d,o.choice)}>${d}</button>`:u}
  </p>`}function $s(s,e){const{talk:t,words:i}=s,[n,o]=[Y(t.draft),Y(e.value)];t.draft=e.value,o>N&&n<=N?t.say(i.tooLong):o>le&&n<=le&&t.say(i.long)}function ys(s,e){try{return new Intl.DisplayNames([e],{type:"region",style:"short",fallback:"none"}).of(s??"")??""}catch{return""}}function ws(s){CSS.supports("field-sizing","content")||(s.style.blockSize="auto",s.style.blockSize=`${s.scrollHeight}px`)}function Je(s){const e=s.talk.draft.trim();e&&Y(e)<=N&&(s.talk.draft="",s.send(e))}function ks(s){return s.isComposing||s.keyCode===229}function Y(s){return Array.from(s).length}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const S={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4},Xe=s=>(...e)=>({_$litDirective$:s,values:e});let Ze=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,i){this._$Ct=e,this._$AM=t,this._$Ci=i}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const{I:_s}=Ct,Qe=s=>s,xs=s=>s.strings===void 0,et=()=>document.createComment(""),I=(s,e,t)=>{const i=s._$AA.parentNode,n=e===void 0?s._$AB:e._$AA;if(t===void 0){const o=i.insertBefore(et(),n),r=i.insertBefore(et(),n);t=new _s(o,r,s,s.options)}else{const o=t._$AB.nextSibling,r=t._$AM,c=r!==s;if(c){let a;t._$AQ?.(s),t._$AM=s,t._$AP!==void 0&&(a=s._$AU)!==r._$AU&&t._$AP(a)}if(o!==n||c){let a=t._$AA;for(;a!==o;){const d=Qe(a).nextSibling;Qe(i).insertBefore(a,n),a=d}}}return t},T=(s,e,t=s)=>(s._$AI(e,t),s),As={},tt=(s,e=As)=>s._$AH=e,Es=s=>s._$AH,ce=s=>{s._$AR(),s._$AA.remove()};/**
 * @license
 * Copyright 2020 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const Ss=Xe(class extends Ze{constructor(s){if(super(s),s.type!==S.PROPERTY&&s.type!==S.ATTRIBUTE&&s.type!==S.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!xs(s))throw Error("`live` bindings can only contain a single expression")}render(s){return s}update(s,[e]){if(e===b||e===u)return e;const t=s.element,i=s.name;if(s.type===S.PROPERTY){if(e===t[i])return b}else if(s.type===S.BOOLEAN_ATTRIBUTE){if(!!e===t.hasAttribute(i))return b}else if(s.type===S.ATTRIBUTE&&t.getAttribute(i)===e+"")return b;return tt(s),e}}),he=s=>kt`
  <svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
    stroke-linejoin="round"><path d=${s} /></svg>`,Ts=he("M20 15a2 2 0 0 1-2 2H8l-4 4V6a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2ZM8 9h8M8 13h5"),Cs=he("M6 6l12 12M18 6L6 18"),Os=he("M5 12h.01M12 12h.01M19 12h.01");function zs(s){const{words:e,heading:t,menu:i,inline:n}=s;return l`<div class="head">
      <div>
        <h2>${t}</h2>
        <p class="tagline">${e.tagline}</p>
      </div>
      <button
        class="icon more"
        type="button"
        aria-expanded=${i!=="closed"}
        aria-label=${e.menu}
        @click=${()=>s.show(i==="closed"?"open":"closed")}
      >
        ${Os}
      </button>
      ${n?u:l`<button class="icon" type="button" aria-label=${e.close} @click=${()=>s.close()}>
            ${Cs}
          </button>`}
    </div>
    ${i==="open"?Ms(s):i==="forgetting"?Ns(s):u}`}function Ms(s){const{words:e,talk:t,contact:i}=s;return l`<div class="menu" role="group" aria-label=${e.menu}>
    <button type="button" @click=${()=>s.download("transcript")}>${e.download}</button>
    <button type="button" @click=${()=>s.startAgain()}>${e.again}</button>
    <button type="button" @click=${()=>s.show("forgetting")}>${e.forget}</button>
    <button type="button" @click=${()=>s.download("export")}>${e.data}</button>
    <a href=${s.privacy} target="_blank" rel="noopener">${e.privacy}</a>
    <label>
      <input
        type="checkbox"
        .checked=${Ss(t.isRemembered)}
        @change=${n=>t.remember(n.target.checked)}
      />
      <span>${e.remember}</span>
    </label>
    ${i?l`<p>${e.clinic} ${Ve(i)}</p>`:u}
  </div>`}function Ns(s){const{words:e}=s;return l`<div class="menu confirm" role="group" aria-label=${e.forget}>
    <p>${e.forgetAsk}</p>
    <button class="danger" type="button" @click=${()=>s.forget()}>${e.forgetYes}</button>
    <button class="keep" type="button" @click=${()=>s.show("closed")}>${e.forgetNo}</button>
  </div>`}/**
 * @license
 * Copyright 2017 Google LLC
 * SPDX-License-Identifier: BSD-3-Clause
 */const st=(s,e,t)=>{const i=new Map;for(let n=e;n<=t;n++)i.set(s[n],n);return i},Rs=Xe(class extends Ze{constructor(s){if(super(s),s.type!==S.CHILD)throw Error("repeat() can only be used in text expressions")}dt(s,e,t){let i;t===void 0?t=e:e!==void 0&&(i=e);const n=[],o=[];let r=0;for(const c of s)n[r]=i?i(c,r):r,o[r]=t(c,r),r++;return{values:o,keys:n}}render(s,e,t){return this.dt(s,e,t).values}update(s,[e,t,i]){const n=Es(s),{values:o,keys:r}=this.dt(e,t,i);if(!Array.isArray(n))return this.ut=r,o;const c=this.ut??=[],a=[];let d,p,h=0,g=n.length-1,f=0,m=o.length-1;for(;h<=g&&f<=m;)if(n[h]===null)h++;else if(n[g]===null)g--;else if(c[h]===r[f])a[f]=T(n[h],o[f]),h++,f++;else if(c[g]===r[m])a[m]=T(n[g],o[m]),g--,m--;else if(c[h]===r[m])a[m]=T(n[h],o[m]),I(s,a[m+1],n[h]),h++,m--;else if(c[g]===r[f])a[f]=T(n[g],o[f]),I(s,n[h],n[g]),g--,f++;else if(d===void 0&&(d=st(r,f,m),p=st(c,h,g)),d.has(c[h]))if(d.has(c[g])){const v=p.get(r[f]),de=v!==void 0?n[v]:null;if(de===null){const ht=I(s,n[h]);T(ht,o[f]),a[f]=ht}else a[f]=T(de,o[f]),I(s,n[h],de),n[v]=null;f++}else ce(n[g]),g--;else ce(n[h]),h++;for(;f<=m;){const v=I(s,a[m+1]);T(v,o[f]),a[f++]=v}for(;h<=g;){const v=n[h++];v!==null&&ce(v)}return this.ut=r,tt(s,a),b}}),Ps=500;function Us(s){const{talk:e,words:t,greeting:i}=s;return l`<div
    class="log"
    role="log"
    aria-live=${e.quiet?"off":"polite"}
    aria-label=${t.conversation}
    tabindex="0"
  >
    ${i?l`<p class="note">${i}</p>`:u} ${Rs(e.entries,Ds,n=>js(s,n))}
    ${e.writing?Ls:Vs(s)}
  </div>`}const Ls=l`<div class="message told" aria-hidden="true">
  <p class="bubble typing"><i></i><i></i><i></i></p>
</div>`;function Ds(s){switch(s.from){case"note":return s.text;case"patient":return s.key;case"assistant":return s.answer.id}}function js(s,e){switch(e.from){case"note":return l`<p class="note">${e.text}</p>`;case"patient":return Hs(s,e);case"assistant":return Bs(s,e)}}function Hs({words:s,talk:e},t){const{text:i,state:n}=t,o=t.key===(e.burst||Is(e.entries))?"newest":"";return l`<div class="message asked ${n} ${o}" tabindex="-1" aria-live="off">
    <p class="bubble"><span class="unseen">${s.you} </span><span class="text" dir="auto">${i}</span></p>
    ${n==="waiting"&&e.trouble?l`<p class="note">${s.unsent}</p>`:u}
    ${n==="failed"?l`<p class="note failed">
          ${s.failed} <button type="button" @click=${()=>e.sendAgain(t)}>${s.retry}</button>
        </p>`:u}
  </div>`}function Is(s){return s.reduce((e,t)=>t.from==="patient"?t.key:e,"")}function Bs(s,e){const{answer:t,live:i}=e,{words:n,lang:o,talk:r}=s,c=ie(r.entries).includes(e);return l`<div
    class="message told ${t.urgent?"urgent":""}"
    role=${t.urgent&&i?"alert":u}
    data-answer=${t.id}
    lang=${t.lang}
  >
    <p class="bubble"><span class="unseen" lang=${o}>${n.assistant} </span>${qs(t)}</p>
    ${t.images.map(a=>l`<div class="picture"><div dir=${H(t.lang)}>${ps(a)??a.alt}</div></div>`)}
    <div class="below" lang=${o} dir=${H(o)} aria-live="off">
      ${t.sources.length?Ws(s,t.sources):u}
      ${t.sources.length&&!t.urgent?Fs(s,e,c):u}
    </div>
  </div>`}function qs({text:s,lang:e,lines:t,contacts:i}){return t?.length?t.map(n=>l`<span class="text line" lang=${n.lang} dir="auto">${Fe(n.text,i)}</span>`):l`<span class="text" lang=${e} dir=${H(e)}>${Fe(s,i)}</span>`}function Ws({words:s},e){return l`<details>
    <summary>${s.sources}</summary>
    <ul lang="en" dir="ltr">
      ${e.map(({title:t,journal:i,year:n,url:o})=>{const r=Ke(o),c=[i,i?.includes(String(n))?null:n].filter(Boolean).join(", "),a=l`<a href=${r} target="_blank" rel="noopener noreferrer"
          >${t}<span class="unseen"> ${s.newTab}</span></a
        >`;return l`<li>${r===null?t:a} <span class="where">${c}</span></li>`})}
    </ul>
  </details>`}function Fs(s,{answer:e,judged:t},i){const{words:n,copied:o}=s,r=window.isSecureContext?l`<button type="button" @click=${()=>s.copy(e)}>
        ${o===e.id?n.copied:n.copy}
      </button>`:u;return t==="missing"?Ys(s,c=>s.judge(e,!1,c)):t==="done"?l`<span class="thanks" tabindex="-1">${n.thanks}</span> ${r}`:i?l`<span class="helpful" role="group" aria-label=${n.helpful}>
          <span aria-hidden="true">${n.helpful}</span>
          <button type="button" @click=${()=>s.judge(e,!0)}>${n.yes}</button>
          <button type="button" @click=${()=>s.judge(e,!1)}>${n.no}</button>
        </span>
        ${r}`:r}function Ys({words:s},e){const t=i=>{const n=i.target.closest(".reason")?.querySelector("input");e(n?.value.trim()??"")};return l`<div class="reason">
    <label
      >${s.whyNot}
      <input
        type="text"
        dir="auto"
        autocomplete="off"
        maxlength=${Ps}
        @keydown=${i=>{i.key==="Enter"&&!i.isComposing&&t(i)}}
    /></label>
    <button type="button" @click=${t}>${s.tell}</button>
    <button type="button" @click=${()=>e("")}>${s.skip}</button>
  </div>`}function Vs(s){const e=ie(s.talk.entries).map(({answer:t})=>t);return e.some(t=>t.buttons.length)?l`<div class="choices" role="group" aria-label=${s.words.suggestions} aria-live="off">
    ${e.map(({lang:t,buttons:i})=>i.map(({title:n,choice:o})=>l`<button type="button" lang=${t} dir=${H(t)} @click=${()=>s.send(n,o)}>${n}</button>`))}
  </div>`:u}const it="(max-width: 29.99em), (max-height: 24em)";class Ks{constructor(e,t){this.host=e,this.closed=t,this.small=matchMedia(it),this.dialog=null,this.overflow=null,this.again=()=>{const i=this.dialog!==null&&(this.small.matches||document.querySelector("dialog:modal")!==null),n=this.host.shadowRoot?.activeElement;this.dialog?.close(),i?this.dialog?.showModal():this.dialog?.show(),n instanceof HTMLElement&&n.focus({preventScroll:!0}),this.rest(i),this.fit()},this.left=()=>{this.dialog?.open===!1&&this.closed()},this.fit=()=>{const i=visualViewport,n=i!==null&&i.scale<1.01&&i.height<innerHeight-1;this.host.style.setProperty("--_seen",n?`${i.height}px`:null),this.host.style.setProperty("--_top",n?`${i.offsetTop}px`:null)},e.addController(this)}hostConnected(){this.small.addEventListener("change",this.again),visualViewport?.addEventListener("resize",this.fit),visualViewport?.addEventListener("scroll",this.fit)}hostDisconnected(){this.small.removeEventListener("change",this.again),visualViewport?.removeEventListener("resize",this.fit),visualViewport?.removeEventListener("scroll",this.fit),this.place(null)}place(e){e!==this.dialog&&(this.dialog?.removeEventListener("close",this.left),this.dialog=e,e?.addEventListener("close",this.left),this.again())}rest(e){const{style:t}=document.documentElement;e&&this.overflow===null?(this.overflow=t.overflow,t.overflow="hidden"):!e&&this.overflow!==null&&(t.overflow=this.overflow,this.overflow=null)}}const Gs=48,nt=8,Js=.35;class Xs{constructor(e,t){this.box=t,this.shown=[],this.atEnd=!0,this.writing=!1,this.placed=-1,this.sizes=new ResizeObserver(()=>{const i=this.box();i&&i.scrollTop===this.placed&&this.toBeginning(i)}),e.addController(this)}hostDisconnected(){this.sizes.disconnect()}leave(){this.shown=[]}note(){const e=this.box();this.atEnd=!e||e.scrollHeight-e.scrollTop-e.clientHeight<Gs}follow(e,t){const i=this.box();if(!i)return;this.sizes.observe(i);const n=this.writing&&!t;if(this.writing=t,e===this.shown){n&&i.scrollTop===this.placed&&this.toBeginning(i);return}const o=e.at(-1),r=!this.shown.includes(o);this.shown=e,o?.from==="note"?i.scrollTop=i.scrollHeight:(r&&o?.from==="patient"||this.atEnd)&&this.toBeginning(i)}toBeginning(e){const t=e.querySelector(".asked.newest"),i=t?.nextElementSibling;let n=t?t.offsetTop-nt:0;if(t&&i instanceof HTMLElement){const[o,r]=[i.offsetTop-nt,e.scrollHeight-e.clientHeight];n=t.offsetHeight>e.clientHeight*Js?o:r>n&&r<=o?r:n}e.scrollTop=n,this.placed=e.scrollTop}}const ot=y`
  --_paper: var(--stillnight-background, #0e1320);
  --_ink: var(--stillnight-text, #e3ddd1);
  --_quiet: #a7acbb;
  --_bubble: var(--stillnight-bubble, #182033);
  --_line: #242e47;
  --_fill: var(--_given, var(--stillnight-accent, #b7c2ec));
  --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #0e1320));
  --_own: var(--_given, var(--stillnight-own, #2e3b66));
  --_on-own: var(--_given-ink, var(--stillnight-own-text, #f1efe9));
  --_link: var(--stillnight-link, #b7c2ec);
  --_edge: #64719f;
  --_hover: #1f2942;
  --_warn: #f2b48c;
  --_focus: #f1dca6;
  color-scheme: dark;
`,Zs=y`
  .root {
    --_paper: var(--stillnight-background, #f5f2ec);
    --_ink: var(--stillnight-text, #1f2536);
    --_quiet: #575d6e;
    --_bubble: var(--stillnight-bubble, #fff);
    --_line: #e6e1d6;
    --_fill: var(--_given, var(--stillnight-accent, #34426f));
    --_on-fill: var(--_given-ink, var(--stillnight-on-accent, #fff));
    --_own: var(--_given, var(--stillnight-own, #34426f));
    --_on-own: var(--_given-ink, var(--stillnight-own-text, #fff));
    --_link: var(--stillnight-link, #34426f);
    --_edge: #757fa2;
    --_hover: #e9e8ee;
    --_warn: #9a3412;
    --_focus: #2f4fc0;
    color-scheme: light;
  }
  @media (prefers-color-scheme: dark) {
    :host(:not([scheme="light"])) .root { ${ot} }
  }
  :host([scheme="dark"]) .root { ${ot} }
  @media (prefers-contrast: more) {
    .root { --_line: var(--_ink); --_edge: var(--_ink); --_quiet: var(--_ink); }
  }
`,Qs=y`
  /* The size of letters is the browser's own, whatever the page has made of it. */
  :host { display: contents; font-size: medium !important; }
  :host([inline]) { display: block; block-size: var(--stillnight-height, 40em); }
  :host([hidden]) { display: none; }

  .root {
    --_gap: 16px;
    all: initial;
    color: var(--_ink);
    font: max(17px, 1.0625em) / 1.5 var(--stillnight-font, system-ui, -apple-system, "Segoe UI", Roboto, Arial, sans-serif);
    overflow-wrap: anywhere;
    -webkit-text-size-adjust: 100%;
  }
  .corner, .float {
    position: fixed; z-index: var(--stillnight-layer, 2147483000);
    --_side: calc(var(--_gap) + max(env(safe-area-inset-left), env(safe-area-inset-right)));
    inset-block: auto calc(var(--_gap) + env(safe-area-inset-bottom)); inset-inline: auto var(--_side);
  }
  :host([position="start"]) :is(.corner, .float) { inset-inline: var(--_side) auto; }

  *, *::before, *::after { box-sizing: border-box; }
  p, ul, h2 { margin: 0; }
  button, input, textarea { font: inherit; color: inherit; letter-spacing: inherit; }
  button { cursor: pointer; }
  a { color: var(--_link); }
  :focus-visible { outline: 3px solid var(--_focus); outline-offset: 2px; }
  [tabindex="-1"]:focus:not(:focus-visible), .inner:focus { outline: 0; }
  [hidden] { display: none !important; }
  .unseen {
    position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap;
  }

  .launcher {
    position: relative; display: grid; place-items: center; inline-size: 3.5em; block-size: 3.5em; border: 0;
    border-radius: 50%; color: var(--_on-fill); background: var(--_fill); box-shadow: 0 4px 16px rgb(0 0 0 / .25);
  }
  .urgent-waiting {
    margin-inline-end: .5em; padding: .5em .75em; border: 2px solid var(--_warn); border-radius: 1em; color: var(--_ink); background: var(--_bubble);
  }
  .corner { display: flex; align-items: center; }
  .launcher svg { inline-size: 1.75em; block-size: 1.75em; }
  .badge {
    position: absolute; inset-block-start: -.25em; inset-inline-end: -.25em; min-inline-size: 1.6em;
    padding-inline: .375em; border: 2px solid #fff; border-radius: 1em; color: #fff; background: #9a3412;
    font-size: .875em; line-height: 1.5em; text-align: center;
  }

  .box {
    display: block; box-sizing: border-box; margin: 0; padding: 0; overflow: hidden; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_paper); color: var(--_ink);
  }
  .float {
    inline-size: min(var(--stillnight-width, 24em), 100vw - 2 * var(--_gap)); max-inline-size: none;
    block-size: min(var(--stillnight-height, 40em), 100vh - 2 * var(--_gap));
    block-size: min(var(--stillnight-height, 40em), 100dvh - 2 * var(--_gap)); max-block-size: none;
    box-shadow: 0 8px 40px rgb(0 0 0 / .3);
  }
  :host([inline]) .box { inline-size: 100%; block-size: 100%; max-block-size: var(--_seen, none); }
  /* Where head, foot and a piece of the conversation do not fit, all of it scrolls. */
  .inner { position: relative; display: flex; flex-direction: column; block-size: 100%; overflow-y: auto; }
`,ei=y`
  .head {
    display: flex; flex: none; align-items: center; gap: .5em; padding-block: .5em; padding-inline: 1em .5em;
    border-block-end: 1px solid var(--_line);
  }
  .head div { flex: 1; min-inline-size: 0; }
  h2 { font-size: 1em; line-height: 1.3; }
  .tagline { color: var(--_quiet); font-size: .8236em; line-height: 1.3; }
  .icon {
    display: grid; flex: none; place-items: center; inline-size: max(44px, 2.6em); block-size: max(44px, 2.6em);
    padding: 0; border: 0; border-radius: 50%; background: none;
  }
  .icon svg { inline-size: 1.4em; block-size: 1.4em; }
  .icon:hover, .choices button:hover, .menu button:hover { background: var(--_hover); }

  .menu {
    display: grid; flex: none; padding: .25em;
    border-block-end: 1px solid var(--_line); background: var(--_bubble);
  }
  .menu button, .menu a, .menu label, .menu > p { display: flex; align-items: center; gap: .25em .75em; min-block-size: 44px; padding: .375em .75em; }
  .menu > p { flex-wrap: wrap; }
  .menu button, .menu > a { border: 0; border-radius: .5em; background: none; text-align: start; }
  .menu input { flex: none; inline-size: 1.25em; block-size: 1.25em; accent-color: var(--_link); }
  .menu.confirm { gap: .5em; padding: .5em .75em .75em; }
`,ti=y`
  .log {
    position: relative; display: flex; flex: 1 1 0; flex-direction: column; gap: .75em; min-block-size: 8em; overflow-y: auto;
    padding: 1em; overscroll-behavior: contain;
  }
  .log:focus-visible { outline-offset: -3px; }
  .message { max-inline-size: 100%; }
  .bubble { padding: .6em .8em; border-radius: 1.1em; }
  .text { display: block; white-space: pre-line; }
  .told .bubble {
    margin-inline-end: 1.5em; border: 1px solid var(--_line); border-end-start-radius: .25em; background: var(--_bubble);
  }
  .told.urgent .bubble { border: 2px solid var(--_warn); }
  .asked { align-self: end; margin-inline-start: 2.5em; }
  .asked .bubble { border-end-end-radius: .25em; color: var(--_on-own); background: var(--_own); }
  .asked.waiting .bubble { opacity: .8; }
  .line + .line { margin-block-start: .5em; }
  /* Blocks in the line: what stands to the right and left of them moves nothing in them, and they break last. */
  .number, .reach, .whose { display: inline-block; }
  .number { direction: ltr; font-weight: 600; }
  .picture {
    margin-block-start: .5em; margin-inline-end: 1.5em; padding: .75em; border: 1px solid var(--_line);
    border-radius: 1em; background: var(--_bubble);
  }
  .picture svg { display: block; inline-size: 100%; max-inline-size: 28em; block-size: auto; }
  .note { align-self: center; color: var(--_quiet); font-size: .9em; text-align: center; }

  .below {
    display: flex; flex-wrap: wrap; align-items: center; gap: 0 .75em; margin-inline: .25em; color: var(--_quiet);
    font-size: .9em;
  }
  .below button, .failed button {
    min-inline-size: 44px; min-block-size: 44px; padding-inline: .5em; border: 0; border-radius: .5em; background: none;
    text-decoration: underline;
  }
  .reason { display: flex; flex: 1; flex-wrap: wrap; align-items: center; gap: .25em .5em; padding: 0; }
  .reason label { flex: 1 1 100%; }
  .reason input {
    display: block; inline-size: 100%; min-block-size: 44px; padding-inline: .75em; border: 1px solid var(--_edge);
    border-radius: .75em; color: var(--_ink); background: var(--_bubble);
  }
  details { inline-size: 100%; }
  summary { min-block-size: 44px; padding-block: .6em; cursor: pointer; }
  details ul { padding-inline-start: 1.1em; }
  details li { padding-block: .25em; }
  .where { display: block; }

  .choices { display: flex; flex-wrap: wrap; gap: .5em; }
  .choices button, .confirm button, .trouble button {
    justify-content: center; min-block-size: 44px; padding: .45em 1em; border: 1px solid var(--_edge);
    border-radius: 1.4em; background: var(--_bubble); text-align: start;
  }
  .confirm .danger { border-color: var(--_warn); color: var(--_warn); }

  .typing { display: inline-flex; gap: .375em; }
  .typing i {
    inline-size: .5em; block-size: .5em; border-radius: 50%; background: var(--_quiet); animation: breathe 1.4s infinite;
  }
  .typing i:nth-child(2) { animation-delay: .2s; }
  .typing i:nth-child(3) { animation-delay: .4s; }
  @keyframes breathe { 0%, 60%, 100% { opacity: .3; } 30% { opacity: 1; } }
`,si=y`
  .trouble {
    display: grid; flex: none; gap: .5em; justify-items: start; padding: .75em 1em; color: var(--_warn);
    border-block-start: 1px solid var(--_line);
  }
  .trouble button { color: var(--_ink); }
  .composer { flex: none; padding: .6em .75em 0; border-block-start: 1px solid var(--_line); }
  .field {
    display: flex; align-items: end; gap: .5em; padding: .25em; border: 1px solid var(--_edge); border-radius: 1.6em;
    background: var(--_bubble);
  }
  .field:focus-within { outline: 3px solid var(--_focus); outline-offset: 1px; }
  textarea {
    flex: 1; min-inline-size: 0; min-block-size: 44px; max-block-size: 8em; padding: .5em .75em; border: 0; outline: 0;
    resize: none; background: none; line-height: 1.5; field-sizing: content;
  }
  textarea:focus-visible { outline: 0; }
  textarea::placeholder { color: var(--_quiet); opacity: 1; }
  .field:has(.send:focus-visible) { outline: 0; }
  .send {
    flex: none; min-inline-size: 44px; min-block-size: 44px; padding-inline: 1em; border: 0; border-radius: 1.4em;
    color: var(--_on-fill); background: var(--_fill);
  }
  .counter { padding-block-start: .375em; font-size: .85em; text-align: center; }
  .counter.over { color: var(--_warn); }
  .emergency {
    display: flex; flex: none; flex-wrap: wrap; align-items: center; justify-content: center; column-gap: .5em;
    padding: 0 .75em env(safe-area-inset-bottom); font-size: .85em; line-height: 1.35; text-align: center;
  }
  .emergency button {
    min-block-size: 44px; padding: 0 .25em; border: 0; background: none; text-decoration: underline;
  }
  .emergency span { margin-block: .5em; }
  .emergency .number { padding: .75em .25em; margin-block: -.25em; }
`,ii=y`
  @media ${ge(it)} {
    .float { inset: var(--_top, 0) 0 auto 0 !important; inline-size: 100vw; block-size: var(--_seen, 100vh); border: 0; border-radius: 0; padding: env(safe-area-inset-top) env(safe-area-inset-right) 0 env(safe-area-inset-left); }
    @supports (block-size: 100dvh) { .float { block-size: var(--_seen, 100dvh); } }
  }
  /* A keyboard is open, or the page is enlarged: what does not change makes room for what is read. */
  @media (max-height: 24em) {
    .tagline { display: none; }
    .head { padding-block: 0; }
  }
  @media (prefers-reduced-motion: reduce) { .typing i { animation: none; opacity: .6; } }
  @media (forced-colors: active) {
    .bubble, .box, .picture, .field, .launcher, .send, .choices button, .icon { border: 1px solid; }
    .told.urgent .bubble { border-width: 3px; }
    .typing i { background: CanvasText; }
  }
  @media print {
    .corner, .float, .icon, .choices, .composer, .below button, .helpful { display: none; }
    .box, .inner, .log { display: block; block-size: auto; overflow: visible; }
  }
`,ni=[Zs,Qs,ei,ti,si,ii],oi=6e4,K=class K extends j{constructor(){super(),this.conversation=null,this.frame=new Ks(this,()=>this.hide()),this.place=new Xs(this,()=>this.log()),this.opener=null,this.open=!1,this.inline=!1,this.locale="en",this.server="",this.menu="closed",this.copied=null,this.unread=0,this.urgent=!1}show(){if(this.open||this.inline){this.focusField();return}const e=document.activeElement;this.opener=e instanceof HTMLElement&&e!==this&&e!==document.body?e:null,this.open=!0,this.unread=0,this.urgent=!1,this.tell("open"),this.begin(),this.updateComplete.then(()=>this.focusField())}hide(){this.open&&(this.open=!1,this.menu="closed",this.place.leave(),this.conversation?.rest(),this.tell("close"),this.opener?.isConnected?this.opener.focus():this.focusOn(".launcher"))}ask(e){this.show(),this.inline&&this.scrollIntoView({block:"nearest"});const t=Array.from(e.trim()).slice(0,N).join("");t&&(this.talk().send(t),this.tell("message"))}connectedCallback(){super.connectedCallback(),(this.open||this.inline||Kt(this.server))&&this.begin()}disconnectedCallback(){super.disconnectedCallback(),this.conversation?.stop(),this.conversation=null}shouldUpdate(){return this.isConnected}willUpdate(e){if(e.has("accent")){const t=this.accent?is(this.accent,this):null;this.style.setProperty("--_given",t&&this.accent?this.accent:null),this.style.setProperty("--_given-ink",t)}e.has("country")&&this.conversation&&this.conversation.renumber(),this.place.note()}updated(){this.frame.place(this.renderRoot.querySelector("dialog"));const e=this.field();e&&ws(e),this.place.follow(this.conversation?.entries??[],this.conversation?.writing??!1)}render(){const{lang:e,words:t}=x(this.locale),i=H(e);if(this.inline)return l`<section class="root box" lang=${e} dir=${i} aria-label=${this.heading??t.title}>
        ${this.box()}
      </section>`;if(this.open)return l`<dialog class="root box float" lang=${e} dir=${i} aria-label=${this.heading??t.title}>
        ${this.box()}
      </dialog>`;const n=this.unread?Re(t.unread,{count:this.unread}):"";return l`<div class="root corner" lang=${e} dir=${i}>
      <span role="alert">${this.urgent?l`<span class="urgent-waiting">${t.urgentWaiting}</span>`:u}</span>
      <button class="launcher" type="button" aria-haspopup="dialog" @click=${()=>this.show()}>
        ${Ts}<span class="unseen">${t.open} ${n}</span>
        ${this.unread?l`<span class="badge" aria-hidden="true">${this.unread}</span>`:u}
      </button>
    </div>`}box(){const e=this.view();return l`<div class="inner" tabindex="-1" @keydown=${t=>this.pressed(t)}>
      ${zs(e)} ${Us(e)} ${gs(e)}
    </div>`}view(){const{lang:e,words:t}=x(this.locale),i=this.talk();return{talk:i,words:t,lang:e,heading:this.heading??t.title,greeting:this.greeting,contact:(this.contact??i.numbers?.clinic??"").trim(),inline:this.inline,menu:this.menu,copied:this.copied,send:(n,o)=>this.send(n,o),judge:(n,o,r)=>this.judge(n,o,r),copy:n=>void this.copy(n),show:n=>this.turnTo(n),close:()=>this.hide(),download:n=>void this.download(n),privacy:new URL("../privacy",new URL(this.server,location.href)).href,retry:()=>this.retry(),startAgain:()=>void this.startAgain(),forget:()=>void this.forget()}}send(e,t){this.menu="closed";const i=this.shadowRoot?.activeElement?.matches("textarea, .send");this.talk().send(e,t),this.tell("message"),this.focusOn(i&&!rt()?"textarea":".asked.newest")}judge(e,t,i){this.talk().judge(e,t,i);const n=`.told[data-answer="${CSS.escape(e.id)}"]`;this.focusOn(`${n} ${t||i!==void 0?".thanks":".reason input"}`),this.talk().say(x(this.locale).words.thanks)}async copy(e){const t=e.sources.map(({title:i,year:n,url:o})=>[i,n,o].filter(Boolean).join(", "));try{await navigator.clipboard.writeText([e.text,...t].join(`
`))}catch{return}this.copied=e.id,this.talk().say(x(this.locale).words.copied)}turnTo(e){this.menu=e,this.focusOn({closed:".more",open:".menu button",forgetting:".keep"}[e])}pressed(e){e.key!=="Escape"||e.isComposing||this.inline&&this.menu==="closed"||(e.preventDefault(),e.stopPropagation(),this.menu==="closed"?this.hide():this.turnTo("closed"))}retry(){this.talk().retry(),this.focusField()}async startAgain(){this.turnTo("closed"),await this.talk().startAgain().catch(()=>{})}async forget(){this.turnTo("closed");try{await this.talk().forget(),this.tell("forgotten")}catch{this.talk().warn(x(this.locale).words.notForgotten)}}async download(e){this.turnTo("closed");let t;try{t=await this.talk().copied(e)}catch{this.talk().warn(x(this.locale).words.notLoaded);return}const i=document.createElement("a");i.href=URL.createObjectURL(t),i.download=e==="export"?"stillnight.json":"stillnight.txt",i.click(),setTimeout(()=>URL.revokeObjectURL(i.href),oi)}async begin(){await this.talk().begin().catch(()=>{})}talk(){return this.conversation??=new ts(this.server,{strings:()=>x(this.locale).words,country:()=>this.country,changed:()=>this.requestUpdate(),watched:()=>this.open||this.inline,answered:e=>{this.tell("answer"),!(this.open||this.inline)&&(this.unread+=1,this.urgent||=e.urgent)}}),this.conversation}tell(e){this.dispatchEvent(new CustomEvent(`stillnight-${e}`,{bubbles:!0,composed:!0}))}focusField(){this.focusOn(rt()?".log":"textarea")}focusOn(e){this.updateComplete.then(()=>{this.renderRoot.querySelector(e)?.focus({preventScroll:!0})})}field(){return this.renderRoot.querySelector("textarea")}log(){return this.hasUpdated?this.renderRoot.querySelector(".log"):null}};K.styles=ni,K.properties={open:{type:Boolean,reflect:!0},inline:{type:Boolean,reflect:!0},heading:{type:String},greeting:{type:String},locale:{type:String},country:{type:String},contact:{type:String},accent:{type:String},server:{type:String},menu:{state:!0},copied:{state:!0},unread:{state:!0},urgent:{state:!0}};let V=K;function rt(){return matchMedia("(pointer: coarse)").matches}const at="stillnight-chat",ri="/webhooks/web",ai={title:"heading",greeting:"greeting",locale:"locale",country:"country",contact:"contact",color:"accent",position:"position",scheme:"scheme"},ue=document.currentScript??document.querySelector('script[src*="/widget/stillnight.js"]');function lt(){if(customElements.get(at))return;if(!("showModal"in HTMLDialogElement.prototype&&"TextDecoderStream"in globalThis)){console.warn("Stillnight: this browser is too old for the chat.");return}customElements.define(at,V);const s=ue?.dataset??{},e=ue?.src?new URL(ue.src,location.href).origin:location.origin,t=li(s.target),i=new V;i.server=(s.server??e).replace(/\/+$/,"")+ri,i.locale=document.documentElement.lang||navigator.language;for(const[n,o]of Object.entries(ai)){const r=s[n];r!==void 0&&i.setAttribute(o,r)}i.inline=t!==null,(t??document.body).append(i),window.Stillnight={element:i,open:()=>ct(i).show(),close:()=>i.hide(),ask:n=>ct(i).ask(n)}}function ct(s){return s.isConnected||document.body.append(s),s}function li(s){if(s===void 0)return null;let e=null;try{e=document.querySelector(s)}catch{}return e||console.warn(`Stillnight: nothing on the page is ${s}, so the chat stands behind a button.`),e}document.readyState==="loading"?addEventListener("DOMContentLoaded",lt,{once:!0}):lt()})();
